package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationRunner;
import java.util.function.Supplier;

/** A check has found that migrations are pending, and nothing worse. */
final class PendingException extends MigrationException {

  private static final long serialVersionUID = 1L;

  private PendingException(MigrationException report) {
    super(String.valueOf(report.getMessage()), report);
  }

  /**
   * Makes a check, whose exception for pending migrations has no type of its own.
   *
   * @param check asks whether the database is up to date
   * @param quiet tells then whether any are pending, without a word of its own
   * @throws PendingException if migrations are pending, and nothing worse
   * @throws MigrationException what else the check throws
   */
  static void unlessCurrent(Runnable check, Supplier<MigrationRunner> quiet) {
    try {
      check.run();
    } catch (MigrationException e) {
      boolean pending =
          e.getClass() == MigrationException.class && !quiet.get().status().pending().isEmpty();
      throw pending ? new PendingException(e) : e;
    }
  }
}
