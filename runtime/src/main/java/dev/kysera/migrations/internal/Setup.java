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

  /**
   * How often a table may be there although it was not seen. After another run has created it, it
   * is seen the next time; a view of its name, say, is in the way for ever.
   */
  private static final int MOST_DUPLICATES = 5;

  private Setup() {}

  /**
   * Creates what is missing.
   *
   * @param presence which tables exist
   * @throws HistoryException if the history is something other than a table
   */
  static void createMissing(
      Session session, Journal journal, Presence presence, RunContext context) {
    String warning = context.waiting(wait -> createMissing(session, journal, presence, wait));
    if (!warning.isEmpty()) {
      context.log().warn(warning);
    }
  }

  /** Returns what somebody who has just created them should know. */
  private static String createMissing(
      Session session, Journal journal, Presence presence, LockWait wait) {
    if (presence.history()) {
      String objection = session.dialect().objection(session.statements(), journal.tables());
      session.endRead();
      if (!objection.isEmpty()) {
        throw new HistoryException(Messages.noHistory(journal.tables(), objection), null);
      }
    }
    if (presence.history() && presence.journal()) {
      return "";
    }
    if (presence.history()) {
      whenNobodyWrites(session, journal, wait, () -> requireRowsCanBeAdded(session, journal));
    }
    whenNobodyWrites(
        session,
        journal,
        wait,
        () ->
            journal.createMissing(
                session.dialect().presence(session.statements(), journal.tables())));
    String warning = session.dialect().warning(session.statements());
    session.endRead();
    return warning;
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
      session.rollbackQuietly();
      String history = journal.tables().history();
      throw new HistoryException(
          Messages.rowsCannotBeAdded(
              history, String.join(", ", session.statements().columnsOf(history)), cause),
          cause);
    }
    session.rollbackQuietly();
    session.begin();
  }

  /** Another run may create the same tables at the same time: then it is looked at again. */
  private static void whenNobodyWrites(
      Session session, Journal journal, LockWait wait, Runnable work) {
    for (int duplicates = 0; ; ) {
      try {
        session.inTransaction(
            () -> {
              session.dialect().prepareWrite(session.statements(), journal.tables(), wait.slice());
              work.run();
            });
        return;
      } catch (HistoryException e) {
        Refusal refusal = session.statements().refusalOf(e);
        duplicates += refusal == Refusal.DUPLICATE ? 1 : 0;
        if ((refusal != Refusal.BUSY && refusal != Refusal.DUPLICATE)
            || duplicates > MOST_DUPLICATES) {
          throw e;
        }
        wait.pause("The set-up of the tables", () -> holder(session, journal));
      }
    }
  }

  private static Optional<String> holder(Session session, Journal journal) {
    Optional<String> holder = session.dialect().holder(session.statements(), journal.tables());
    session.endRead();
    return holder;
  }
}
