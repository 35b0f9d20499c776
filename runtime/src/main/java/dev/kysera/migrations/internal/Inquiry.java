package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationStatus;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The verbs that only read: one handle, one look, an answer. */
public final class Inquiry {

  private final Jdbi jdbi;
  private final RunContext context;

  /**
   * Prepares a question. Nothing is opened yet.
   *
   * @param jdbi opens the handle
   * @param registry the migrations of the code
   * @param options where the tables are, and where the report goes
   */
  public Inquiry(Jdbi jdbi, Registry registry, MigrationOptions options) {
    this.jdbi = jdbi;
    this.context = RunContext.of(registry, options);
  }

  /** Compares code and history, and logs the report. */
  public MigrationStatus status() {
    MigrationStatus status =
        jdbi.withHandle(
            handle -> {
              Session session = Session.on(handle);
              HistoryReader reader =
                  new HistoryReader(session, context.registry(), context.options());
              Snapshot snapshot = read(reader);
              return MigrationState.of(context.registry(), snapshot)
                  .status(openAttempts(session, reader, snapshot));
            });
    status.toString().lines().filter(line -> !line.isEmpty()).forEach(context.log()::report);
    return status;
  }

  private static List<String> openAttempts(
      Session session, HistoryReader reader, Snapshot snapshot) {
    OpenSlot slot = new OpenSlot(session, new Journal(session, reader.tables()));
    return snapshot.open().stream()
        .flatMap(
            open ->
                AttemptCondition.of(open, slot).stream()
                    .map(condition -> Lines.openAttempt(open, condition)))
        .toList();
  }

  /** Returns the names in the history. */
  public List<String> executed() {
    return jdbi.withHandle(
        handle -> {
          Session session = Session.on(handle);
          HistoryReader reader = new HistoryReader(session, context.registry(), context.options());
          return MigrationState.of(context.registry(), read(reader)).executed();
        });
  }

  /** Returns what {@code up} would do. */
  public MigrationPlan plan() {
    return jdbi.withHandle(
        handle -> {
          Planning planning = new Planning(new Verb.Up(), Session.on(handle), context);
          Snapshot snapshot = planning.read();
          MigrationPlan plan = planning.plan(snapshot);
          planning.requirePossible(plan, snapshot);
          return plan;
        });
  }

  private Snapshot read(HistoryReader reader) {
    return context.waiting(wait -> reader.read(Planning.WAITER, wait));
  }
}
