package dev.kysera.migrations.cli;

import dev.kysera.migrations.InterruptedMigrationException;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationLockException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Why a verb did not do what it was asked for.
 *
 * @param cause what was thrown
 * @param attempt what {@code resolve} takes, if an attempt is left open
 * @param redaction takes passwords out of what others say
 */
record Failure(Throwable cause, Optional<String> attempt, Redaction redaction) {

  /** What calls a migration. */
  private static final List<String> RUNTIME =
      List.of("dev.kysera.migrations.internal.", "dev.kysera.migrations.MigrationRegistry");

  ExitCode exitCode() {
    return ExitCode.of(cause);
  }

  /** What a person reads; the runtime's messages say what happened, what is certain, what next. */
  String message() {
    if (cause instanceof ConnectionException) {
      return "No connection to the database: " + redaction.of(whyNoConnection());
    }
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof MigrationFailedException failed) {
      message += whereIn(failed).map(frame -> "\nAt: " + frame).orElse("");
    }
    message += attempt.map(id -> "\n" + howToResolve(id)).orElse("");
    return isExpected() ? message : redaction.of(cause.toString());
  }

  /** The runtime speaks of methods. */
  static String howToResolve(String attempt) {
    return "On the command line: resolve %s mark_executed|mark_not_executed|rerun NOTE"
        .formatted(attempt);
  }

  /** Whether the message tells everything, so that no stack trace is needed. */
  boolean isExpected() {
    return cause instanceof MigrationException
        || cause instanceof UsageException
        || cause instanceof ConnectionException;
  }

  Map<String, @Nullable Object> toJson() {
    return JsonForm.object(
        "kind", exitCode().kind(),
        "exception", cause.getClass().getSimpleName(),
        "message", message(),
        "migration", migration(),
        "attempt", attempt.orElse(null),
        "holder", cause instanceof MigrationLockException lock ? lock.holder().orElse(null) : null);
  }

  private @Nullable String migration() {
    if (cause instanceof MigrationFailedException failed) {
      return failed.name();
    }
    return cause instanceof InterruptedMigrationException interrupted ? interrupted.name() : null;
  }

  /** What the driver says, and below it the reason if that says something else. */
  private String whyNoConnection() {
    Throwable driver = cause.getCause() == null ? cause : cause.getCause();
    Throwable root = driver;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String said = String.valueOf(driver.getMessage());
    String reason = String.valueOf(root.getMessage());
    String state =
        driver instanceof SQLException sql && sql.getSQLState() != null
            ? " (SQLState " + sql.getSQLState() + ")"
            : "";
    return (said.contains(reason) ? said : said + ": " + reason) + state;
  }

  /** The line of the migration that threw: the frame that the runtime called. */
  private static Optional<String> whereIn(MigrationFailedException failed) {
    if (failed.getCause() == null) {
      return Optional.empty();
    }
    return Stream.of(failed.getCause().getStackTrace())
        .takeWhile(frame -> RUNTIME.stream().noneMatch(frame.getClassName()::startsWith))
        .reduce((inner, outer) -> outer)
        .map(StackTraceElement::toString);
  }
}
