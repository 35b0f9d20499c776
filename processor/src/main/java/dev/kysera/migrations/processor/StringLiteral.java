package dev.kysera.migrations.processor;

/** The only way of a user's text into generated code. */
final class StringLiteral {

  private StringLiteral() {}

  /**
   * Returns the text as a Java string literal of ASCII characters.
   *
   * <p>Each backslash of the text becomes two, so none of them can begin a Unicode escape. Behind
   * half a character beyond 16 bits it is a number: the compiler of JDK 17 looks for the other half
   * there, and takes the second backslash for the beginning of an escape. Line ends need the
   * escapes of their own: a Unicode escape of one is a line end already.
   */
  static String of(String text) {
    StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i > 0 && Character.isHighSurrogate(text.charAt(i - 1))) {
        literal.append("\\134");
      } else {
        append(literal, text.charAt(i));
      }
    }
    return literal.append('"').toString();
  }

  private static void append(StringBuilder literal, char c) {
    switch (c) {
      case '"' -> literal.append("\\\"");
      case '\\' -> literal.append("\\\\");
      case '\n' -> literal.append("\\n");
      case '\r' -> literal.append("\\r");
      case '\t' -> literal.append("\\t");
      default -> {
        if (c < ' ' || c > '~') {
          literal.append("\\u").append("%04x".formatted((int) c));
        } else {
          literal.append(c);
        }
      }
    }
  }
}
