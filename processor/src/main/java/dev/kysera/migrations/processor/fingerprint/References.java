package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names in a piece of source that may stand for a constant: {@code A}, {@code B.A}. */
final class References {

  private static final Set<String> OWN = Set.of("this", "super");

  private References() {}

  /** Returns the parts of each name, without the name of a method that is called on it. */
  static Set<List<String>> in(List<Token> tokens) {
    Set<List<String>> references = new LinkedHashSet<>();
    int i = 0;
    while (i < tokens.size()) {
      if (!begins(tokens, i)) {
        i++;
        continue;
      }
      List<String> parts = new ArrayList<>();
      parts.add(tokens.get(i).text());
      i++;
      while (i + 1 < tokens.size() && tokens.get(i).is(".") && tokens.get(i + 1).isIdentifier()) {
        parts.add(tokens.get(i + 1).text());
        i += 2;
      }
      if (i < tokens.size() && tokens.get(i).is("(")) {
        parts.remove(parts.size() - 1);
      }
      if (!parts.isEmpty() && !OWN.contains(parts.get(0))) {
        references.add(parts);
      }
    }
    return references;
  }

  private static boolean begins(List<Token> tokens, int i) {
    return tokens.get(i).isIdentifier()
        && (i == 0
            || !(tokens.get(i - 1).is(".")
                || tokens.get(i - 1).is("::")
                || tokens.get(i - 1).is("@")));
  }
}
