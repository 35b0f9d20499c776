package dev.kysera.migrations.annotation.internal;

/** Text from outside, made safe for one line of a message or a log. */
public final class Printable {

  private static final int QUOTED_LENGTH = 80;

  private Printable() {}

  /**
   * Escapes what could forge a line, colour a terminal or turn the direction of reading.
   *
   * @param text any text
   * @return the text on one line
   */
  public static String of(String text) {
    return escaped(text, Integer.MAX_VALUE);
  }

  /**
   * Puts a text into double quotes, escaped, and cut where nobody would read on.
   *
   * @param text any text
   * @return the text on one line, in quotes
   */
  public static String quoted(String text) {
    boolean cut = text.codePointCount(0, text.length()) > QUOTED_LENGTH;
    return '"' + escaped(text, QUOTED_LENGTH) + (cut ? "...\"" : "\"");
  }

  private static String escaped(String text, int limit) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), limit) + 2);
    text.codePoints()
        .limit(limit)
        .forEach(
            c -> {
              if (isHarmful(c)) {
                printable.append("\\u%04x".formatted(c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }

  private static boolean isHarmful(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> isDirectional(c);
      default -> false;
    };
  }

  /** Other format characters stay: they join emoji and letters. */
  private static boolean isDirectional(int c) {
    return c == 0x061c
        || (c >= 0x200e && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
