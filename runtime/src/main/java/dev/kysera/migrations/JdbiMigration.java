package dev.kysera.migrations;

import org.jdbi.v3.core.Handle;

/**
 * A change of the database and, if it has one, the way back.
 *
 * <p>A migration is frozen in time: it should not call application code that will change. A
 * generated registry creates an instance just before it runs and uses it once.
 */
public interface JdbiMigration {

  /**
   * Makes the change.
   *
   * @param handle the handle of the run; its connection also holds the history, so the migration
   *     leaves transactions and the handle itself open. Nested calls of {@code jdbi.useHandle} on
   *     this thread receive the same handle.
   * @throws Exception if the change cannot be made; the run stops and reports it
   */
  void up(Handle handle) throws Exception;

  /**
   * Undoes the change. A migration that does not override this method is irreversible.
   *
   * @param handle the handle of the run, as for {@link #up}
   * @throws IrreversibleMigrationException always, unless overridden
   * @throws Exception if the change cannot be undone; the run stops and reports it
   */
  default void down(Handle handle) throws Exception {
    throw new IrreversibleMigrationException(
        getClass().getName() + " has no down method, so it cannot be rolled back.");
  }
}
