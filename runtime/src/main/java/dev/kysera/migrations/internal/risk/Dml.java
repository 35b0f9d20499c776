package dev.kysera.migrations.internal.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements that change rows, and whether they say which. */
final class Dml {

  private Dml() {}

  /** The UPDATEs and DELETEs of a statement that have no WHERE of their own. */
  static List<Finding> unbounded(List<String> written) {
    List<String> words = written.stream().map(Words::comparable).toList();
    List<Finding> findings = new ArrayList<>();
    boolean with = !words.isEmpty() && words.get(0).equals("WITH");
    int depth = 0;
    boolean main = !with;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      depth += Words.depth(word);
      String before = i == 0 ? "" : words.get(i - 1);
      boolean starts =
          (i == 0 && main)
              || (with && depth > 0 && before.equals("("))
              || (with && !main && depth == 0 && before.equals(")") && isVerb(word));
      if (starts) {
        main |= depth == 0;
        finding(written.subList(i, end(words, i))).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static boolean isVerb(String word) {
    return List.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE").contains(word);
  }

  /** Where the parentheses end in which the statement is. */
  private static int end(List<String> words, int start) {
    int depth = 0;
    for (int i = start; i < words.size(); i++) {
      depth += Words.depth(words.get(i));
      if (depth < 0) {
        return i;
      }
    }
    return words.size();
  }

  private static Optional<Finding> finding(List<String> statement) {
    Words words = new Words(statement);
    boolean update = words.skip("UPDATE");
    if (!update && !words.skip("DELETE", "FROM")) {
      return Optional.empty();
    }
    words.skip("ONLY");
    String table = words.name();
    if (words.outside().contains("WHERE") || words.outside().contains("LIMIT")) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Rule.UnboundedDml,
            table,
            (update ? "It changes" : "It deletes")
                + " every row of "
                + table
                + " in one transaction: each stays locked until the end, and others wait. Do it in"
                + " batches, with a WHERE, in a migration with @Migration(transactional = false)"
                + (update ? "." : "; TRUNCATE, if all of them shall go and nobody reads it.")));
  }
}
