package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import dev.kysera.migrations.internal.Maintenance;

/**
 * The rare verbs: they change or examine the history and its journal. Only {@link Resolution#RERUN}
 * runs a migration. Immutable and thread-safe. With {@link MigrationOptions#dryRun()} they only log
 * what they would do.
 */
public final class MigrationMaintenance {

  private final Maintenance maintenance;

  MigrationMaintenance(Maintenance maintenance) {
    this.maintenance = maintenance;
  }

  /**
   * Records all migrations up to a name as executed, without running them. For a database whose
   * schema exists already.
   *
   * @param name the last migration to record
   * @return the outcomes, {@link MigrationOutcome.State#BASELINED}; those already executed are left
   *     out
   * @throws UnknownMigrationException if no migration has that name
   * @throws InterruptedMigrationException if an earlier attempt may be half done
   * @throws MigrationLockException if another run does not end in time
   * @throws HistoryException if the tables cannot be read or written
   */
  public MigrationResult baseline(String name) {
    return maintenance.baseline(requireNonNull(name, "name"));
  }

  /**
   * Finds what is wrong with the history: an attempt that was interrupted or has failed half done,
   * executed migrations that are not in the code or differ from it in upper and lower case, pending
   * ones that are out of order, those that were edited after they were executed, and on PostgreSQL
   * the indexes whose concurrent build has failed. Reads only, and takes no lock.
   *
   * @return the findings, none if all is well
   * @throws HistoryException if the tables cannot be read
   */
  public MigrationDiagnosis diagnose() {
    return maintenance.diagnose();
  }

  /**
   * Closes an interrupted or half done attempt, after somebody has looked at the database. It
   * changes the history as decided and keeps the decision in the journal for ever; it never touches
   * what the migration itself has made.
   *
   * @param attempt the id of the attempt, as {@link InterruptedMigrationException#attempt()} and
   *     {@link MigrationDiagnosis#openAttempt()} tell it
   * @param resolution what the migration is now
   * @param note why, for whoever reads the journal later
   * @return with {@link Resolution#RERUN} what the run did, else a result without outcomes
   * @throws MigrationException if that attempt is not open, or is still running
   * @throws MigrationFailedException if the migration was run again and failed
   * @throws HistoryException if the tables cannot be read or written
   */
  public MigrationResult resolve(String attempt, Resolution resolution, String note) {
    return maintenance.resolve(
        requireNonNull(attempt, "attempt"),
        requireNonNull(resolution, "resolution"),
        requireNonNull(note, "note"));
  }

  /**
   * Records that a migration which was edited after it was executed is right as it is now: what the
   * code holds counts as executed from now on. The decision stays in the journal for ever, with
   * what was executed. Harmless to repeat.
   *
   * @param name an executed migration
   * @param note why, for whoever reads the journal later
   * @throws UnknownMigrationException if no migration has that name
   * @throws MigrationException if it is pending, or the code has no fingerprint of it
   * @throws InterruptedMigrationException if an earlier attempt may be half done
   * @throws MigrationLockException if another run does not end in time
   * @throws HistoryException if the tables cannot be read or written
   */
  public void accept(String name, String note) {
    maintenance.accept(requireNonNull(name, "name"), requireNonNull(note, "note"));
  }

  /**
   * Returns the statements that create the history and the journal, for a database administrator
   * where the application may not create tables. Writes nothing.
   *
   * @return statements, each with a semicolon behind
   * @throws HistoryException if the database does not answer
   */
  public String setupSql() {
    return maintenance.setupSql();
  }
}
