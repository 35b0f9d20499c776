package dev.kysera.migrations.processor.fingerprint;

/**
 * The first translation that a compiler makes, before it sees any token: a Unicode escape is the
 * character that it names (Java Language Specification 3.3).
 */
final class UnicodeEscapes {

  private UnicodeEscapes() {}

  static String translate(String text) {
    int next = text.indexOf("\\u");
    if (next < 0) {
      return text;
    }
    StringBuilder translated = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        translated.append(c);
        i++;
      } else if (text.charAt(i + 1) != 'u') {
        // A backslash behind a backslash begins no escape, so the two are taken together.
        translated.append(c).append(text.charAt(i + 1));
        i += 2;
      } else {
        int digits = i + 1;
        while (digits < text.length() && text.charAt(digits) == 'u') {
          digits++;
        }
        int code = hexadecimal(text, digits);
        translated.append(code < 0 ? c : (char) code);
        i = code < 0 ? i + 1 : digits + 4;
      }
    }
    return translated.toString();
  }

  /** Returns -1 where there are no four digits: the compiler reports that. */
  private static int hexadecimal(String text, int from) {
    if (from + 4 > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }
}
