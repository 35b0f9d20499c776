package dev.kysera.migrations.cli;

import dev.kysera.migrations.InconsistentHistoryException;
import dev.kysera.migrations.InterruptedMigrationException;
import dev.kysera.migrations.MigrationLockException;
import dev.kysera.migrations.UnknownMigrationException;

/** What a command tells its caller by the exit status of the process. */
enum ExitCode {
  OK(0),
  FAILED(1),
  USAGE(2),
  PENDING(3),
  INCONSISTENT(4),
  LOCK_BUSY(5),
  INTERRUPTED(6);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  /** The exit code for what a verb has thrown. */
  static ExitCode of(Throwable failure) {
    if (failure instanceof InterruptedMigrationException) {
      return INTERRUPTED;
    }
    if (failure instanceof MigrationLockException) {
      return LOCK_BUSY;
    }
    if (failure instanceof InconsistentHistoryException) {
      return INCONSISTENT;
    }
    return failure instanceof UnknownMigrationException ? USAGE : FAILED;
  }
}
