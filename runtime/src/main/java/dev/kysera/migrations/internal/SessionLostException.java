package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The session of a run is gone in the middle of a migration. It leaves the handle of the run, so
 * that a new one can be opened, also under a pool of one connection, to find out what is certain.
 */
final class SessionLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient StepFailure failure;
  private final transient BiFunction<Certainty, Optional<Set<String>>, MigrationException>
      conclusion;

  SessionLostException(
      StepFailure failure,
      BiFunction<Certainty, Optional<Set<String>>, MigrationException> conclusion) {
    this.failure = failure;
    this.conclusion = conclusion;
  }

  StepFailure failure() {
    return failure;
  }

  /**
   * Ends the run with what has been found out.
   *
   * @param executed the names in the history now, empty if it cannot be read
   */
  MigrationException toFailure(Certainty certainty, Optional<Set<String>> executed) {
    MigrationException exception = conclusion.apply(certainty, executed);
    for (Throwable suppressed : getSuppressed()) {
      exception.addSuppressed(suppressed);
    }
    return exception;
  }
}
