package dev.kysera.migrations.cli;

import dev.kysera.migrations.InconsistentHistoryException;
import dev.kysera.migrations.InterruptedMigrationException;
import dev.kysera.migrations.MigrationLockException;
import dev.kysera.migrations.UnknownMigrationException;
import java.util.Locale;

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

  /** What a program calls it, such as {@code lock-busy}. */
  String kind() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The exit code for what a verb has thrown. */
  static ExitCode of(Throwable failure) {
    if (failure instanceof InterruptedMigrationException) {
      return INTERRUPTED;
    }
    if (failure instanceof PendingException) {
      return PENDING;
    }
    if (failure instanceof MigrationLockException) {
      return LOCK_BUSY;
    }
    if (failure instanceof InconsistentHistoryException || failure instanceof SumRefusedException) {
      return INCONSISTENT;
    }
    boolean usage =
        failure instanceof UsageException || failure instanceof UnknownMigrationException;
    return usage ? USAGE : FAILED;
  }
}
