package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.util.Optional;

/** Bookkeeping that runs no migration, in a transaction of its own, while nobody else writes. */
final class ExclusiveWrite {

  /**
   * How often the work may be refused as a duplicate although no attempt is seen to be open. Under
   * contention holders come and go between the two looks; a name that is there already refuses for
   * ever.
   */
  private static final int MOST_UNEXPLAINED = 10;

  private ExclusiveWrite() {}

  /**
   * Does it while no attempt is open, or waits until none is.
   *
   * @param name the migration that it is about, for messages
   * @param work claims the open slot where it must keep every other run away; it is done again from
   *     its beginning if somebody was faster
   */
  static void of(
      String name,
      Session session,
      Journal journal,
      HistoryReader reader,
      RunContext context,
      Runnable work) {
    try (LockWait wait = context.newWait()) {
      of(name, session, journal, reader, context, work, wait);
    }
  }

  private static void of(
      String name,
      Session session,
      Journal journal,
      HistoryReader reader,
      RunContext context,
      Runnable work,
      LockWait wait) {
    String waiting = Messages.migration(name);
    for (int unexplained = 0; ; ) {
      try {
        session.inTransaction(
            () -> {
              session
                  .dialect()
                  .lockWrites(
                      session.statements(), journal.tables(), wait.slice(), context.options());
              work.run();
            });
        return;
      } catch (HistoryException e) {
        Refusal refusal = session.statements().refusalOf(e);
        if (refusal != Refusal.BUSY && refusal != Refusal.DUPLICATE) {
          throw e;
        }
        OpenSlot slot = new OpenSlot(session, journal);
        boolean duplicate = refusal == Refusal.DUPLICATE;
        if (duplicate && reader.read(waiting, wait).open().isPresent()) {
          unexplained = 0;
          slot.awaitFree(reader, Optional.empty(), waiting, wait);
        } else {
          unexplained += duplicate ? 1 : 0;
          if (unexplained > MOST_UNEXPLAINED) {
            throw e;
          }
          slot.pause(waiting, wait);
        }
      }
    }
  }
}
