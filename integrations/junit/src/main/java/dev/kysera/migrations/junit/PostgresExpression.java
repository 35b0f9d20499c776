package dev.kysera.migrations.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of checks and conditions, as PostgreSQL writes them. */
final class PostgresExpression {

  private static final Pattern LITERAL_OR_NAME =
      Pattern.compile("([eE]?'(?:[^']|'')*')|\"(?:[^\"]|\"\")*\"");

  /** Stands for a literal while casts are taken away: no name without quotes holds such letters. */
  private static final String LITERAL = "\uE000\\d+\uE001";

  private static final Pattern STAND_IN = Pattern.compile("[\uE000\uE002](\\d+)\uE001");

  /** A literal or a list of literals. */
  private static final String VALUE = "%1$s|ARRAY\\[%1$s(?:, %1$s)*\\]".formatted(LITERAL);

  /** One with a length cuts the literal, so it stays. */
  private static final String TO_TEXT = "::(?:character varying|text)(?:\\[\\])?(?![\\w(\\[])";

  private static final Pattern CAST =
      Pattern.compile("(?:\\((%1$s)\\)|(%1$s))%2$s".formatted(VALUE, TO_TEXT));

  private PostgresExpression() {}

  /**
   * Takes away the casts of literals to {@code text} and {@code character varying}. PostgreSQL
   * writes them at each literal or at the list of all, depending on whether it has read the
   * expression from a person or, after a change of a column's type, from itself.
   */
  static String withoutTextCasts(String sql) {
    List<String> kept = new ArrayList<>();
    String text =
        LITERAL_OR_NAME
            .matcher(sql)
            .replaceAll(
                found -> {
                  kept.add(found.group());
                  return (found.group(1) == null ? "\uE002" : "\uE000")
                      + (kept.size() - 1)
                      + "\uE001";
                });
    String before;
    do {
      before = text;
      // A group that has not matched gives an empty text.
      text = CAST.matcher(before).replaceAll("$1$2");
    } while (!text.equals(before));
    return STAND_IN
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(kept.get(Integer.parseInt(found.group(1)))));
  }
}
