package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.TransactionMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From what a verb asks for to a plan that can be executed. An inconsistent or interrupted history,
 * and whatever else can be known to stop the run, stops it here, before anything is locked.
 */
final class Planning {

  /** Who waits, as messages begin, while it is not known yet for which migration. */
  static final String WAITER = "What was asked for";

  private final Verb verb;
  private final Session session;
  private final RunContext context;
  private final HistoryReader reader;

  Planning(Verb verb, Session session, RunContext context) {
    this.verb = verb;
    this.session = session;
    this.context = context;
    this.reader = new HistoryReader(session, context.registry(), context.options());
  }

  /** Reads the tables, from now on also for others. */
  HistoryReader reader() {
    return reader;
  }

  Snapshot read() {
    return context.waiting(wait -> reader.read(WAITER, wait));
  }

  /** Plans what the verb means in that state of the history. */
  MigrationPlan plan(Snapshot snapshot) {
    if (!context.registry().mayRunAgain(snapshot.open())) { // else the plan decides
      OpenSlot.requireNotFailed(snapshot.open(), Optional.empty(), session.dialect());
    }
    MigrationState state = MigrationState.of(context.registry(), snapshot);
    if (verb.goesUp()) {
      state.requireConsistent(
          context.options(),
          names -> snapshot.presence().journal() ? reader.everExecuted(names) : Set.of());
      session.endRead();
    } else {
      state.requireNoneDoubled();
    }
    return verb.plan(state, context.options().irreversible());
  }

  /** Refuses what the options and the database cannot do, a preview of it too. */
  void requirePossible(MigrationPlan plan, Snapshot snapshot) {
    if (snapshot.open().isPresent()) {
      new OpenSlot(session, new Journal(session, reader.tables()))
          .requireNotInterrupted(snapshot.open(), first(plan));
    }
    if (context.options().transactions() != TransactionMode.PER_RUN) {
      return;
    }
    Dialect dialect = session.dialect();
    if (dialect.needsCommittedClaim()) {
      throw new MigrationException(Messages.perRunImpossible(dialect));
    }
    List<String> outside =
        plan.steps().stream()
            .flatMap(step -> step.definition().stream())
            .filter(definition -> !definition.transactional())
            .map(MigrationDefinition::name)
            .distinct()
            .toList();
    if (!outside.isEmpty()) {
      throw new MigrationException(Messages.perRunNonTransactional(outside));
    }
  }

  /** The first step that will not be skipped. */
  static Optional<MigrationStep> first(MigrationPlan plan) {
    return plan.steps().stream().filter(step -> !Verb.isSkipped(step)).findFirst();
  }
}
