package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.util.Optional;

/** One rare verb on its session: what it sees at the start, and how it writes. */
final class MaintenanceWork {

  private static final String WAITER = "What was asked for";

  final RunContext context;
  final long startedAt = System.nanoTime();
  final Session session;
  final HistoryReader reader;
  final Snapshot snapshot;
  final Journal journal;

  MaintenanceWork(Session session, RunContext context) {
    this.session = session;
    this.context = context;
    this.reader = new HistoryReader(session, context.options());
    this.snapshot = reader.read(WAITER, context.newWait());
    reader.resolveSchema(snapshot.presence());
    this.journal = new Journal(session, reader.tables());
  }

  MigrationState state() {
    return MigrationState.of(context.registry(), snapshot);
  }

  /** Does something to the journal while no attempt is open, or waits until none is. */
  void write(String name, Runnable work) {
    String waiting = Messages.migration(name);
    LockWait wait = context.newWait();
    while (true) {
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
        if (refusal == Refusal.DUPLICATE) {
          slot.awaitFree(reader, Optional.empty(), waiting, wait);
        } else {
          slot.pause(waiting, wait);
        }
      }
    }
  }
}
