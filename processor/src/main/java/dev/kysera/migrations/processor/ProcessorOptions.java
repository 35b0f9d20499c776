package dev.kysera.migrations.processor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The compiler options of this processor.
 *
 * @param requireDown whether each migration has to override {@code down}
 * @param sum the file or directory that says what is released, empty for no comparison
 */
record ProcessorOptions(boolean requireDown, Optional<Path> sum) {

  static final String REQUIRE_DOWN = "kysera.migrations.requireDown";
  static final String SUM = "kysera.migrations.sum";

  /** Reads the options; unknown ones the compiler warns of itself. */
  static ProcessorOptions read(Map<String, String> given, ValidationReport report) {
    return new ProcessorOptions(requireDown(given, report), sum(given, report));
  }

  /** Without a value it is on. */
  private static boolean requireDown(Map<String, String> given, ValidationReport report) {
    if (!given.containsKey(REQUIRE_DOWN)) {
      return false;
    }
    String value = given.get(REQUIRE_DOWN);
    if (value == null || value.equals("true")) {
      return true;
    }
    if (!value.equals("false")) {
      report.add(Finding.at(null, "-A" + REQUIRE_DOWN, Problems.optionValue(REQUIRE_DOWN, value)));
    }
    return false;
  }

  /** Without a value there is no file, so that a build can switch the comparison off. */
  private static Optional<Path> sum(Map<String, String> given, ValidationReport report) {
    String value = given.get(SUM);
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      report.add(Finding.at(null, "-A" + SUM, SumProblems.unreadable(value, e.getReason())));
      return Optional.empty();
    }
  }
}
