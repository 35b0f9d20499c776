package dev.kysera.migrations;

import java.time.Duration;
import java.util.Optional;

/**
 * Is told what a run does. All methods do nothing by default.
 *
 * <p>A listener is called on the thread that runs the verb, outside the transaction of a migration
 * (with {@link TransactionMode#PER_RUN}, inside the one transaction of the run). What it throws
 * before a migration, from {@link #runStarted} or {@link #beforeMigration}, vetoes that migration:
 * it fails, and the run stops. What it throws later is logged and changes nothing.
 */
public interface MigrationListener {

  /**
   * The run has something to do and is about to begin. In a dry run nothing but this and {@link
   * #runFinished} is called.
   *
   * @param plan what it is going to do
   */
  default void runStarted(MigrationPlan plan) {}

  /**
   * A migration is about to run.
   *
   * @param step the migration and its direction
   */
  default void beforeMigration(MigrationStep step) {}

  /**
   * A migration has run, has failed, or was found to have been done by another run meanwhile.
   *
   * @param step the migration and its direction
   * @param outcome what became of it
   */
  default void afterMigration(MigrationStep step, MigrationOutcome outcome) {}

  /**
   * The run that was started is over, successfully or not.
   *
   * @param result what it did
   */
  default void runFinished(MigrationResult result) {}

  /**
   * Another run holds the lock. Called when the waiting begins to be noticeable and every ten
   * seconds from then on.
   *
   * @param waited how long this run has waited
   * @param holder who holds the lock, where the database tells
   */
  default void waitingForLock(Duration waited, Optional<String> holder) {}
}
