package dev.kysera.migrations.processor.fingerprint;

import java.util.List;

/** Annotations among tokens. */
final class Annotations {

  private Annotations() {}

  /** Says whether an annotation type is declared here, not used. */
  static boolean isDeclared(List<Token> tokens, int at) {
    return at + 1 < tokens.size() && tokens.get(at + 1).is("interface");
  }

  /** Returns the place of the last part of the name of an annotation. */
  static int simpleName(List<Token> tokens, int at) {
    int i = at + 1;
    while (i + 2 < tokens.size() && tokens.get(i + 1).is(".")) {
      i += 2;
    }
    return i;
  }

  /** Returns the place behind an annotation and its elements. */
  static int behind(List<Token> tokens, int at) {
    int behind = Math.min(simpleName(tokens, at) + 1, tokens.size());
    return behind < tokens.size() && tokens.get(behind).is("(")
        ? behindClosing(tokens, behind)
        : behind;
  }

  /** Returns the place behind what closes a bracket, the end of the tokens if nothing does. */
  static int behindClosing(List<Token> tokens, int opening) {
    String open = tokens.get(opening).text();
    String close = open.equals("(") ? ")" : "}";
    int depth = 0;
    for (int i = opening; i < tokens.size(); i++) {
      if (tokens.get(i).is(open)) {
        depth++;
      } else if (tokens.get(i).is(close) && --depth == 0) {
        return i + 1;
      }
    }
    return tokens.size();
  }
}
