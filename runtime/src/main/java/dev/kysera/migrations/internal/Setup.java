package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.internal.Dialect.Presence;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.util.Optional;

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
  static void createMissing(Session session, Journal journal, Presence presence, LockWait wait) {
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
    while (true) {
      try {
        session.inTransaction(
            () -> {
              session.dialect().prepareWrite(session.statements(), wait.slice());
              journal.createMissing(
                  session.dialect().presence(session.statements(), journal.tables()));
            });
        return;
      } catch (HistoryException e) {
        Refusal refusal = session.statements().refusalOf(e);
        if (refusal != Refusal.BUSY && refusal != Refusal.DUPLICATE) {
          throw e;
        }
        wait.pause("The set-up of the tables", Optional.empty());
      }
    }
  }
}
