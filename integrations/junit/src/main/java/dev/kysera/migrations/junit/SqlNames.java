package dev.kysera.migrations.junit;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a snapshot shows names: as one would type them. A name that needs no quotes in a database
 * that folds names to upper case is shown in lower case.
 */
enum SqlNames {
  UPPER("[A-Z_][A-Z0-9_]*"),
  LOWER("[a-z_][a-z0-9_]*"),
  ANY("[A-Za-z_][A-Za-z0-9_]*");

  /** Literals first, so that a name inside one is not taken for a name. */
  private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");

  private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");
  private static final Pattern LINE_END = Pattern.compile("\\s*\\R\\s*");

  private final Pattern plain;

  SqlNames(String plain) {
    this.plain = Pattern.compile(plain);
  }

  String shown(String name) {
    if (!plain.matcher(name).matches()) {
      return "\"" + name.replace("\"", "\"\"") + "\"";
    }
    return this == UPPER ? name.toLowerCase(Locale.ROOT) : name;
  }

  /** An expression or a query as the database writes it, on one line, with the names as shown. */
  String plain(String sql) {
    String line = LINE_END.matcher(sql).replaceAll(" ");
    return QUOTED.matcher(line).replaceAll(quoted -> Matcher.quoteReplacement(plain(quoted)));
  }

  private String plain(MatchResult quoted) {
    String text = quoted.group();
    return text.startsWith("'")
        ? text
        : shown(text.substring(1, text.length() - 1).replace("\"\"", "\""));
  }

  /** Lower case, except in literals. */
  static String lower(String sql) {
    StringBuilder lower = new StringBuilder(sql.toLowerCase(Locale.ROOT));
    LITERAL.matcher(sql).results().forEach(r -> lower.replace(r.start(), r.end(), r.group()));
    return lower.toString();
  }

  /** Upper case, except in literals. */
  static String upper(String sql) {
    StringBuilder upper = new StringBuilder(sql.toUpperCase(Locale.ROOT));
    LITERAL.matcher(sql).results().forEach(r -> upper.replace(r.start(), r.end(), r.group()));
    return upper.toString();
  }

  /** A text as a literal. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The action of a foreign key, empty where it is what the standard says anyway. */
  static String action(String when, String action) {
    return action.equalsIgnoreCase("NO ACTION") || action.isEmpty()
        ? ""
        : when + action.toLowerCase(Locale.ROOT);
  }
}
