package dev.kysera.migrations.processor.fingerprint;

import java.util.List;

/** Which round and curly brackets belong together. Found in one pass, whatever the depth. */
final class Brackets {

  private final int[] behind;

  private Brackets(int[] behind) {
    this.behind = behind;
  }

  static Brackets of(List<Token> tokens) {
    int[] behind = new int[tokens.size()];
    int[] open = new int[tokens.size()];
    int depth = 0;
    for (int i = 0; i < behind.length; i++) {
      Token token = tokens.get(i);
      if (token.is("(") || token.is("{")) {
        behind[i] = behind.length;
        open[depth++] = i;
      } else if ((token.is(")") || token.is("}")) && depth > 0) {
        behind[open[--depth]] = i + 1;
      }
    }
    return new Brackets(behind);
  }

  /** Returns the place behind what closes a bracket, the end of the file if nothing does. */
  int behind(int opening) {
    return behind[opening];
  }

  /** Returns the place behind a bracket's contents or behind a token that is no bracket. */
  int behindWhatBeginsAt(int i) {
    return Math.max(behind[i], i + 1);
  }
}
