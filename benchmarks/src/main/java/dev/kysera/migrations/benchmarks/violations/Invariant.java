package dev.kysera.migrations.benchmarks.violations;

/**
 * What must be true after a fault, and again after the next run. The effects are read from the real
 * tables; the history is read from the tables of the tool:
 *
 * <ul>
 *   <li>kysera: executed is a row of {@code migrations}; open is a row of {@code
 *       migrations_journal} with its {@code open_slot} set, clean if its phase is {@code CLEAN}.
 *   <li>Flyway: executed is a row of {@code flyway_schema_history} with {@code success}; open is
 *       one without. It has no state that is open and clean.
 *   <li>Liquibase: executed is a row of {@code DATABASECHANGELOG}. It has no open state.
 * </ul>
 *
 * What a run said before its process was gone does not count: the next process has not heard it.
 */
enum Invariant {
  /** What the history has as executed is there, completely and once. */
  I1,
  /** What is neither executed nor open in the history has left nothing. */
  I2,
  /** What is open and clean has left nothing. Only kysera has such a state. */
  I3,
  /** At most one attempt is open, and it is of a migration that is not executed. */
  I4,
  /**
   * The next run completes everything, or it stops with a message that names one migration, which
   * is the one that was open before. Broken by any other error, such as that of a table that exists
   * already, and by a lock that somebody must remove by hand.
   */
  I5,
  /**
   * No body has run twice to success: nothing that a body makes is there more than once as a whole,
   * and no name is executed more than once in the history. A table can be made once only, so of the
   * five only {@code 002_dml} can be there twice; a half that is there twice counts as I1 or I2.
   */
  I6,
  /**
   * Nothing is left behind. No session is open that a run has opened and that it had the chance to
   * close. A connection that an undisturbed run closes, as one that goes back to a pool, is in the
   * state in which it was lent: autocommit, isolation, read-only, catalog, schema, the variables of
   * the session, no user lock. The lock table of Liquibase does not say locked.
   */
  I7,
  /**
   * Everybody ends in time with a right result: no run outlives its limit, none waits for the lock
   * of a process that is gone until it gives up, none ends without an error while something is not
   * executed, and of those that start together none fails.
   */
  I8
}
