package dev.kysera.migrations.internal;

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
    this.reader = new HistoryReader(session, context.registry(), context.options());
    this.snapshot = context.waiting(wait -> reader.read(WAITER, wait));
    reader.resolveSchema(snapshot.presence());
    this.journal = new Journal(session, reader.tables());
  }

  MigrationState state() {
    return MigrationState.of(context.registry(), snapshot);
  }

  /** Does something to the journal while no attempt is open, or waits until none is. */
  void write(String name, Runnable work) {
    ExclusiveWrite.of(name, session, journal, reader, context, work);
  }
}
