package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.internal.Dialect.Presence;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates the tables where they are missing. Safe to repeat, and to do at the same time as others.
 */
final class Setup {

  private Setup() {}

  /**
   * Creates what is missing.
   *
   * @param presence which tables exist
   * @throws HistoryException if the history is something other than a table
   */
  static void createMissing(
      Session session, Journal journal, Presence presence, RunContext context) {
    LockWait wait = context.newWait();
    if (presence.history()) {
      String objection = session.dialect().objection(session.statements(), journal.tables());
      session.endRead();
      if (!objection.isEmpty()) {
        throw new HistoryException(Messages.notATable(journal.tables(), objection), null);
      }
    }
    if (presence.history() && presence.journal()) {
      return;
    }
    if (presence.history()) {
      whenNobodyWrites(session, wait, () -> requireRowsCanBeAdded(session, journal));
    }
    whenNobodyWrites(
        session,
        wait,
        () ->
            journal.createMissing(
                session.dialect().presence(session.statements(), journal.tables())));
    String warning = session.dialect().warning(session.statements());
    session.endRead();
    if (!warning.isEmpty()) {
      context.log().warn(warning);
    }
  }

  /**
   * Tries what the end of every migration will do, and takes it back: a table of somebody else may
   * have a column that must be filled, and it would be too late to learn of it behind a migration.
   */
  private static void requireRowsCanBeAdded(Session session, Journal journal) {
    try {
      journal.record("trial-" + UUID.randomUUID(), Direction.UP);
    } catch (HistoryException e) {
      Refusal refusal = session.statements().refusalOf(e);
      if (refusal == Refusal.BUSY || refusal == Refusal.READ_ONLY) {
        throw e;
      }
      SQLException cause = e.getCause() instanceof SQLException sql ? sql : null;
      String history = journal.tables().history();
      throw new HistoryException(
          Messages.rowsCannotBeAdded(
              history, String.join(", ", session.statements().columnsOf(history)), cause),
          cause);
    }
    session.rollbackQuietly();
    session.begin();
  }

  private static void whenNobodyWrites(Session session, LockWait wait, Runnable work) {
    while (true) {
      try {
        session.inTransaction(
            () -> {
              session.dialect().prepareWrite(session.statements(), wait.slice());
              work.run();
            });
        return;
      } catch (HistoryException e) {
        if (session.statements().refusalOf(e) != Refusal.BUSY) {
          throw e;
        }
        wait.pause("The set-up of the tables", Optional.empty());
      }
    }
  }
}
