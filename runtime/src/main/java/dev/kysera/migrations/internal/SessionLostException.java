package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.internal.Messages.Certainty;
import java.util.function.Function;

/**
 * The session of a run is gone in the middle of a migration. It leaves the handle of the run, so
 * that a new one can be opened, also under a pool of one connection, to find out what is certain.
 */
final class SessionLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient StepFailure failure;
  private final transient Function<Certainty, MigrationException> conclusion;

  SessionLostException(StepFailure failure, Function<Certainty, MigrationException> conclusion) {
    this.failure = failure;
    this.conclusion = conclusion;
  }

  StepFailure failure() {
    return failure;
  }

  /** Ends the run with what has been found out. */
  MigrationException toFailure(Certainty certainty) {
    MigrationException exception = conclusion.apply(certainty);
    for (Throwable suppressed : getSuppressed()) {
      exception.addSuppressed(suppressed);
    }
    return exception;
  }
}
