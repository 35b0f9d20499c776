package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names in a piece of source that may stand for a constant: {@code A}, {@code B.A}. */
final class References {

  private static final Set<String> INSTANCES = Set.of("this", "super");
  private static final Set<String> BEFORE_SUPERTYPES = Set.of("extends", "implements");

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
      int end = endOfName(tokens, i);
      List<String> parts = parts(tokens, i, end);
      if (end < tokens.size() && tokens.get(end).is("(")) {
        parts.remove(parts.size() - 1);
      }
      for (String instance : INSTANCES) {
        parts.subList(0, parts.lastIndexOf(instance) + 1).clear();
      }
      if (!parts.isEmpty()) {
        references.add(parts);
      }
      i = end;
    }
    return references;
  }

  /** Returns the names of what classes in a piece of source extend or implement. */
  static Set<List<String>> supertypesIn(List<Token> tokens) {
    Set<List<String>> supertypes = new LinkedHashSet<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("new")) {
        if (isExtended(tokens, i + 1)) {
          supertypes.add(parts(tokens, i + 1, endOfName(tokens, i + 1)));
        }
      } else if (tokens.get(i).isIdentifier() && BEFORE_SUPERTYPES.contains(tokens.get(i).text())) {
        addNames(tokens, i + 1, supertypes);
      }
    }
    return supertypes;
  }

  /** Says whether what is instantiated has a body of its own. */
  private static boolean isExtended(List<Token> tokens, int name) {
    int i = name;
    while (i < tokens.size() && !isEndOfTypes(tokens.get(i))) {
      i++;
    }
    if (i == tokens.size() || !tokens.get(i).is("(")) {
      return false;
    }
    int behind = Annotations.behindClosing(tokens, i);
    return behind < tokens.size() && tokens.get(behind).is("{");
  }

  private static void addNames(List<Token> tokens, int from, Set<List<String>> names) {
    int i = from;
    while (i < tokens.size() && !isEndOfTypes(tokens.get(i))) {
      if (begins(tokens, i)) {
        int end = endOfName(tokens, i);
        names.add(parts(tokens, i, end));
        i = end;
      } else {
        i++;
      }
    }
  }

  private static boolean isEndOfTypes(Token token) {
    return token.is("{") || token.is("(") || token.is("[") || token.is(";");
  }

  private static int endOfName(List<Token> tokens, int from) {
    int i = from + 1;
    while (i + 1 < tokens.size() && tokens.get(i).is(".") && tokens.get(i + 1).isIdentifier()) {
      i += 2;
    }
    return i;
  }

  private static List<String> parts(List<Token> tokens, int from, int end) {
    List<String> parts = new ArrayList<>();
    for (int i = from; i < end; i += 2) {
      parts.add(tokens.get(i).text());
    }
    return parts;
  }

  private static boolean begins(List<Token> tokens, int i) {
    return tokens.get(i).isIdentifier()
        && (i == 0
            || !(tokens.get(i - 1).is(".")
                || tokens.get(i - 1).is("::")
                || tokens.get(i - 1).is("@")));
  }
}
