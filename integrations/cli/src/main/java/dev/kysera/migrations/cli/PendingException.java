package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationException;

/** A check has found that migrations are pending, and nothing worse. */
final class PendingException extends MigrationException {

  private static final long serialVersionUID = 1L;

  PendingException(MigrationException report) {
    super(String.valueOf(report.getMessage()), report);
  }
}
