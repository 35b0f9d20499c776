package dev.kysera.migrations.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 250ms}, and Java's own {@code PT30S}. */
final class TimeConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String value) {
    try {
      if (value.matches("\\d{1,9}ms")) {
        return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
      }
      String text = value.toUpperCase(Locale.ROOT);
      Duration time = Duration.parse(text.startsWith("PT") ? text : "PT" + text);
      if (!time.isNegative()) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // told below
    }
    throw new TypeConversionException(
        "must be a time such as 30s, 5m or 1h; found '" + value + "'");
  }
}
