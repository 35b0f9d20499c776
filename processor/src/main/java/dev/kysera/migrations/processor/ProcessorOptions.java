package dev.kysera.migrations.processor;

import java.util.Map;

/**
 * The compiler options of this processor.
 *
 * @param requireDown whether each migration has to override {@code down}
 */
record ProcessorOptions(boolean requireDown) {

  static final String REQUIRE_DOWN = "kysera.migrations.requireDown";

  /** Reads the options. One without a value is on; unknown ones the compiler warns of itself. */
  static ProcessorOptions read(Map<String, String> given, ValidationReport report) {
    if (!given.containsKey(REQUIRE_DOWN)) {
      return new ProcessorOptions(false);
    }
    String value = given.get(REQUIRE_DOWN);
    if (value == null || value.equals("true")) {
      return new ProcessorOptions(true);
    }
    if (!value.equals("false")) {
      report.add(Finding.at(null, "-A" + REQUIRE_DOWN, Problems.optionValue(REQUIRE_DOWN, value)));
    }
    return new ProcessorOptions(false);
  }
}
