package dev.kysera.migrations.annotation.internal;

import java.util.Optional;

/**
 * A well-formed migration name: a number, an underscore and a slug. Names compare in the order in
 * which their migrations are executed.
 *
 * @param text the whole name, such as {@code 001_create_users}
 * @param digits the number as written, such as {@code 001}
 * @param number the value of the number, such as 1
 */
public record MigrationName(String text, String digits, long number)
    implements Comparable<MigrationName> {

  /** The width of the history's column {@code name}. */
  public static final int MAX_LENGTH = 255;

  /** The longest run of digits that always fits a {@code long}. */
  static final int MAX_DIGITS = 18;

  private static final int MIN_TIMESTAMP_DIGITS = 8;

  /**
   * Reads a name.
   *
   * @param text any text
   * @return the name, or empty if the text is not one
   */
  public static Optional<MigrationName> parse(String text) {
    if (!isWellFormed(text)) {
      return Optional.empty();
    }
    String digits = text.substring(0, digitsOf(text));
    return Optional.of(new MigrationName(text, digits, Long.parseLong(digits)));
  }

  /**
   * Reads the number with which a text begins, whatever follows the underscore behind it. For names
   * that have been judged already.
   *
   * @param text any text
   * @return the number, or -1 if the text does not begin with a number and an underscore
   */
  public static long numberOf(String text) {
    int end = digitsOf(text);
    return end >= 1 && end <= MAX_DIGITS && end < text.length() && text.charAt(end) == '_'
        ? Long.parseLong(text, 0, end, 10)
        : -1;
  }

  private static boolean isWellFormed(String text) {
    int end = digitsOf(text);
    boolean wellFormed =
        end >= 1
            && end <= MAX_DIGITS
            && text.length() <= MAX_LENGTH
            && end + 1 < text.length()
            && text.charAt(end) == '_'
            && isLetterOrDigit(text.charAt(end + 1));
    for (int i = end + 2; wellFormed && i < text.length(); i++) {
      char c = text.charAt(i);
      wellFormed = isLetterOrDigit(c) || c == '_' || c == '-';
    }
    return wellFormed;
  }

  @Override
  public int compareTo(MigrationName other) {
    int byNumber = Long.compare(number, other.number);
    return byNumber != 0 ? byNumber : text.compareTo(other.text);
  }

  /** Returns what follows the number and its underscore. */
  public String slug() {
    return text.substring(digits.length() + 1);
  }

  /**
   * Returns whether the number is a point in time such as 20260131 rather than a place in a row.
   */
  public boolean isTimestamp() {
    return digits.length() >= MIN_TIMESTAMP_DIGITS && digits.charAt(0) != '0';
  }

  private static int digitsOf(String text) {
    int end = 0;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetterOrDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
