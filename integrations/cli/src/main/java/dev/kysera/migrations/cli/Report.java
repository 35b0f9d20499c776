package dev.kysera.migrations.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what became of a verb: data to standard output, what went wrong to standard error. */
final class Report {

  /** Grows when a member of the documents changes its meaning or goes. */
  private static final int FORMAT = 1;

  private final PrintStream out;
  private final Colours colours;
  private final Screen screen;
  private final boolean json;

  Report(Surroundings surroundings, Screen screen, boolean json) {
    this.out = surroundings.out();
    Terminal terminal = surroundings.terminal();
    this.colours = terminal.out() && terminal.colours() ? Colours.ON : Colours.OFF;
    this.screen = screen;
    this.json = json;
  }

  ExitCode success(String verb, Answer answer) {
    if (json) {
      writeJson(verb, ExitCode.OK, answer.json(), Optional.empty());
    } else if (!answer.text().isEmpty()) {
      out.println(colours.paint(answer.text()));
    }
    if (out.checkError()) {
      screen.line("✗ Standard output could not be written in full.");
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }

  /**
   * Tells a failure.
   *
   * @param verb the verb, null if the arguments did not even name one
   * @param result what was done before it, null if nothing is known of that
   * @param failure why it stopped
   */
  ExitCode failure(@Nullable String verb, @Nullable Map<String, ?> result, Failure failure) {
    screen.line(failure.message());
    if (!failure.isExpected()) {
      screen.stackTrace(failure.cause(), failure.redaction());
    }
    if (json) {
      writeJson(verb, failure.exitCode(), result, Optional.of(failure));
    }
    return failure.exitCode();
  }

  private void writeJson(
      @Nullable String verb,
      ExitCode exitCode,
      @Nullable Map<String, ?> result,
      Optional<Failure> failure) {
    StringWriter document = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(document)) {
      write(
          JsonForm.object(
              "format", FORMAT,
              "verb", verb,
              "exitCode", exitCode.status(),
              "result", result,
              "error", failure.map(Failure::toJson).orElse(null)),
          generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(document);
  }

  private static void write(@Nullable Object value, JsonGenerator generator) throws IOException {
    if (value instanceof Map<?, ?> object) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> member : object.entrySet()) {
        generator.writeFieldName(String.valueOf(member.getKey()));
        write(member.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> array) {
      generator.writeStartArray();
      for (Object element : array) {
        write(element, generator);
      }
      generator.writeEndArray();
    } else {
      generator.writePOJO(value);
    }
  }
}
