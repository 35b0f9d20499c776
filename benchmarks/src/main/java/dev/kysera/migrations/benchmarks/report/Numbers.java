package dev.kysera.migrations.benchmarks.report;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {

  private static final double WITHOUT_DECIMALS = 100;
  private static final double WITH_ONE_DECIMAL = 10;
  private static final double WITH_TWO_DECIMALS = 0.1;

  private Numbers() {}

  static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A measured value, with about three digits. */
  static String value(double value) {
    if (value == Math.rint(value) || Math.abs(value) >= WITHOUT_DECIMALS) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (Math.abs(value) >= WITH_ONE_DECIMAL) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    return String.format(
        Locale.ROOT, Math.abs(value) >= WITH_TWO_DECIMALS ? "%.2f" : "%.3f", value);
  }
}
