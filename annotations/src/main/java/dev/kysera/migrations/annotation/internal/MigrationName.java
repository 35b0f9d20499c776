package dev.kysera.migrations.annotation.internal;

import java.util.Comparator;
import java.util.Optional;

/**
 * A well-formed migration name: a number, an underscore and a slug.
 *
 * @param text the whole name, such as {@code 001_create_users}
 * @param digits the number as written, such as {@code 001}
 * @param number the value of the number, such as 1
 */
public record MigrationName(String text, String digits, long number) {

  /** The width of the history's column {@code name}. */
  public static final int MAX_LENGTH = 255;

  /** The longest run of digits that always fits a {@code long}. */
  static final int MAX_DIGITS = 18;

  private static final int MIN_TIMESTAMP_DIGITS = 8;

  /** The order in which migrations are executed. */
  public static final Comparator<MigrationName> EXECUTION_ORDER =
      Comparator.comparingLong(MigrationName::number).thenComparing(MigrationName::text);

  /**
   * Reads a name.
   *
   * @param text any text
   * @return the name, or empty if the text is not one
   */
  public static Optional<MigrationName> parse(String text) {
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
    if (!wellFormed) {
      return Optional.empty();
    }
    String digits = text.substring(0, end);
    return Optional.of(new MigrationName(text, digits, Long.parseLong(digits)));
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
