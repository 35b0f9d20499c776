package dev.kysera.migrations.processor.fingerprint;

/**
 * A word of the Java language.
 *
 * @param text how it is written; of a character, a string or a text block the value that it stands
 *     for
 */
record Token(Kind kind, String text) {

  enum Kind {
    /** A keyword too: which identifiers are keywords depends on their place. */
    IDENTIFIER('I'),
    NUMBER('N'),
    CHARACTER('C'),
    STRING('S'),
    /** An operator or a separator. */
    SYMBOL('O');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    /** Its mark in what is hashed, which must never change. */
    char letter() {
      return letter;
    }
  }

  boolean is(String symbolOrWord) {
    return text.equals(symbolOrWord) && (kind == Kind.SYMBOL || kind == Kind.IDENTIFIER);
  }

  boolean isIdentifier() {
    return kind == Kind.IDENTIFIER;
  }

  boolean isString() {
    return kind == Kind.STRING;
  }
}
