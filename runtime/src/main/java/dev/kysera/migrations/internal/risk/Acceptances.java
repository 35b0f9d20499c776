package dev.kysera.migrations.internal.risk;

import dev.kysera.migrations.internal.sql.SqlToken;
import dev.kysera.migrations.internal.sql.SqlToken.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The risks that a statement accepts in its comments, such as {@code -- risk Drop accepted: unused
 * since 2.3}.
 */
final class Acceptances {

  private static final Pattern ACCEPTANCE =
      Pattern.compile(
          "\\brisk\\s+(\\w+)\\s+accepted\\b\\s*:?\\s*(.*?)\\s*(?:\\*/)?\\s*$", Pattern.DOTALL);

  private final Set<String> accepted = new HashSet<>();
  private final StringBuilder faults = new StringBuilder();

  Acceptances(List<SqlToken> tokens) {
    for (SqlToken token : tokens) {
      if (token.kind() == Kind.COMMENT) {
        read(token.text());
      }
    }
  }

  private void read(String comment) {
    Matcher acceptance = ACCEPTANCE.matcher(comment);
    if (!acceptance.find()) {
      return;
    }
    String tag = acceptance.group(1);
    if (!Rule.isTag(tag)) {
      faults.append(" Its comment accepts the risk ").append(tag).append(", which is none.");
    } else if (acceptance.group(2).isEmpty()) {
      faults
          .append(" Its comment accepts ")
          .append(tag)
          .append(" without a reason, which does not count.");
    } else {
      accepted.add(tag);
    }
  }

  boolean cover(Rule rule) {
    return accepted.contains(rule.name());
  }

  /** What is wrong with the comments, to be said with a note. */
  String faults() {
    return faults.toString();
  }
}
