package dev.kysera.migrations.processor.fingerprint;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens of a file, and where in them a class is declared.
 *
 * @param tokens all tokens of the file
 * @param brackets those of the file
 */
record SourceFile(List<Token> tokens, Brackets brackets) {

  private static final Set<String> TYPE_KEYWORDS = Set.of("class", "interface", "enum", "record");

  static SourceFile of(String text) {
    List<Token> tokens = List.copyOf(JavaLexer.tokensOf(text));
    return new SourceFile(tokens, Brackets.of(tokens));
  }

  /**
   * Finds a class.
   *
   * @param names its simple name, behind those of the classes around it
   * @return empty if the file does not declare it
   */
  Optional<ClassSource> find(List<String> names) {
    int from = 0;
    int to = tokens.size();
    Optional<ClassSource> found = Optional.empty();
    for (String name : names) {
      found = declaredBetween(from, to, name);
      if (found.isEmpty()) {
        return found;
      }
      from = found.get().body();
      to = found.get().end() - 1;
    }
    return found;
  }

  /** Looks at one level only: whatever is in braces there is passed over. */
  private Optional<ClassSource> declaredBetween(int from, int to, String name) {
    int start = from;
    int i = from;
    while (i < to) {
      Token token = tokens.get(i);
      if (token.is("(")) {
        i = brackets.behind(i);
      } else if (token.is("{")) {
        i = brackets.behind(i);
        start = i;
      } else if (token.is(";")) {
        i++;
        start = i;
      } else if (declaresType(i, name)) {
        int brace = braceFrom(i, to);
        return brace == to
            ? Optional.empty()
            : Optional.of(
                new ClassSource(
                    tokens, brackets, start, i, brace + 1, Math.min(brackets.behind(brace), to)));
      } else {
        i++;
      }
    }
    return Optional.empty();
  }

  /** A record has its components behind its name, so a variable of that type is none. */
  private boolean declaresType(int keyword, String name) {
    return keyword + 2 < tokens.size()
        && tokens.get(keyword).isIdentifier()
        && TYPE_KEYWORDS.contains(tokens.get(keyword).text())
        && tokens.get(keyword + 1).is(name)
        && (!tokens.get(keyword).is("record")
            || tokens.get(keyword + 2).is("(")
            || tokens.get(keyword + 2).is("<"));
  }

  private int braceFrom(int from, int to) {
    int i = from;
    while (i < to && !tokens.get(i).is("{")) {
      i = tokens.get(i).is("(") ? brackets.behind(i) : i + 1;
    }
    return Math.min(i, to);
  }
}
