package dev.kysera.migrations.internal;

import dev.kysera.migrations.ConcurrentChangeException;
import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStatus;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.TransactionMode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The one road of every verb: open one handle, read, compare, plan; if there is something to do,
 * take the lock, look again, execute, and give the session back.
 */
public final class Run {

  /** Who waits, as messages begin, while it is not known yet for which migration. */
  private static final String WAITER = "What was asked for";

  private final Jdbi jdbi;
  private final RunContext context;
  private final long startedAt = System.nanoTime();
  private boolean interrupted;

  /**
   * Prepares one run. Nothing is opened yet.
   *
   * @param jdbi opens the handle
   * @param registry the migrations of the code
   * @param options how to run them
   */
  public Run(Jdbi jdbi, Registry registry, MigrationOptions options) {
    this.jdbi = jdbi;
    this.context = RunContext.of(registry, options);
  }

  // --- verbs that only read

  /** Compares code and history, and logs the report. */
  public MigrationStatus status() {
    MigrationStatus status =
        jdbi.withHandle(
            handle -> {
              Session session = Session.on(handle);
              HistoryReader reader = new HistoryReader(session, context.options());
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
          HistoryReader reader = new HistoryReader(session, context.options());
          return MigrationState.of(context.registry(), read(reader)).executed();
        });
  }

  /** Returns what {@code up} would do. */
  public MigrationPlan plan() {
    return jdbi.withHandle(
        handle -> {
          Session session = Session.on(handle);
          HistoryReader reader = new HistoryReader(session, context.options());
          Snapshot snapshot = read(reader);
          MigrationPlan plan = plan(new Verb.Up(), session, reader, snapshot);
          requirePossible(plan, session, reader, snapshot);
          return plan;
        });
  }

  private Snapshot read(HistoryReader reader) {
    return reader.read(WAITER, context.newWait());
  }

  // --- verbs that write

  /** Does what a verb asks for. */
  public MigrationResult execute(Verb verb) {
    verb.requireValid(context.registry());
    if (context.options().dryRun()) {
      context.log().info(Lines.DRY_RUN);
    }
    try {
      return jdbi.withHandle(handle -> execute(verb, handle));
    } catch (SessionLostException lost) {
      throw settleOnNewSession(lost);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private MigrationResult execute(Verb verb, Handle handle) {
    Session session = Session.on(handle);
    HistoryReader reader = new HistoryReader(session, context.options());
    Snapshot snapshot = read(reader);
    MigrationPlan plan = plan(verb, session, reader, snapshot);
    warn(verb, MigrationState.of(context.registry(), snapshot));
    if (!plan.steps().isEmpty()) {
      requirePossible(plan, session, reader, snapshot);
    }
    if (context.options().dryRun()) {
      return rehearse(
          verb, plan, MigrationState.of(context.registry(), snapshot), session.dialect());
    }
    if (plan.steps().isEmpty() && snapshot.open().isEmpty()) {
      return nothingToDo(verb, plan, MigrationState.of(context.registry(), snapshot));
    }
    reader.resolveSchema(snapshot.presence());
    Journal journal = new Journal(session, reader.tables());
    SessionSettings settings = SessionSettings.lend(session, context);
    Optional<StepRunner> runner = Optional.empty();
    try {
      Setup.createMissing(session, journal, snapshot.presence(), context);
      Snapshot free =
          new OpenSlot(session, journal)
              .awaitFree(reader, first(plan), waiter(plan), context.newWait());
      MigrationPlan current = plan(verb, session, reader, free);
      MigrationState state = MigrationState.of(context.registry(), free);
      if (!verb.goesUp() && !plan.steps().isEmpty() && !current.equals(plan)) {
        throw new ConcurrentChangeException(Messages.planChanged(plan, state));
      }
      if (current.steps().isEmpty()) {
        return nothingToDo(verb, current, state);
      }
      reportExecuted(verb, state, true);
      runner = Optional.of(new StepRunner(session, journal, reader, context, free));
      return new PlanExecution(
              verb, current, session, runner.get(), settings, journal, reader, context, startedAt)
          .run();
    } finally {
      runner.ifPresent(StepRunner::close);
      settings.giveBack();
      interrupted = runner.map(StepRunner::wasInterrupted).orElse(false);
    }
  }

  /** An inconsistent or interrupted history ends the run here, before anything is locked. */
  private MigrationPlan plan(Verb verb, Session session, HistoryReader reader, Snapshot snapshot) {
    if (!context.registry().mayRunAgain(snapshot.open())) { // else the plan decides
      OpenSlot.requireNotFailed(snapshot.open(), Optional.empty(), session.dialect());
    }
    MigrationState state = MigrationState.of(context.registry(), snapshot);
    if (verb.goesUp()) {
      state.requireConsistent(
          context.options().outOfOrder(),
          names -> snapshot.presence().journal() ? reader.everExecuted(names) : Set.of());
      session.endRead();
    }
    return verb.plan(state, context.options().irreversible());
  }

  private static Optional<MigrationStep> first(MigrationPlan plan) {
    return plan.steps().stream().filter(step -> !Verb.isSkipped(step)).findFirst();
  }

  private void warn(Verb verb, MigrationState state) {
    if (verb.goesUp()) {
      if (context.registry().definitions().isEmpty()) {
        context.log().warn(Lines.EMPTY_REGISTRY);
      }
      state.newer().forEach(name -> context.log().warn(Lines.newer(name)));
    }
  }

  private void reportExecuted(Verb verb, MigrationState state, boolean news) {
    int count = state.executed().size();
    if (!verb.goesUp() || count == 0) {
      return;
    }
    if (news) {
      context.log().info(Lines.alreadyExecuted(count));
    } else {
      context.log().report(Lines.alreadyExecuted(count));
    }
    context.log().debug(state.executed().stream().map(Lines::alreadyExecuted).toList());
  }

  private MigrationResult nothingToDo(Verb verb, MigrationPlan plan, MigrationState state) {
    reportExecuted(verb, state, false);
    String line = verb.nothingToDo(state);
    if (line.equals(Lines.NOTHING_TO_ROLL_BACK)) {
      context.log().warn(line);
    } else {
      context.log().report(line);
    }
    return new RunProgress(plan, startedAt).result(context.options().dryRun());
  }

  private MigrationResult rehearse(
      Verb verb, MigrationPlan plan, MigrationState state, Dialect dialect) {
    if (plan.steps().isEmpty()) {
      return nothingToDo(verb, plan, state);
    }
    RunProgress progress = new RunProgress(plan, startedAt);
    try {
      context.listeners().runStarted(plan);
    } catch (Throwable e) {
      StepFailure veto = StepFailure.notBegun(plan.steps().get(0), e);
      progress.fail(0, veto, e);
      throw veto.toException(
          Certainty.NOT_BEGUN,
          state.isExecuted(veto.step().name()),
          dialect,
          progress.result(true));
    }
    reportExecuted(verb, state, true);
    for (int i = 0; i < plan.steps().size(); i++) {
      MigrationStep step = plan.steps().get(i);
      if (Verb.isSkipped(step)) {
        context.log().warn(Lines.skipped(step));
        progress.set(i, step, State.SKIPPED, Duration.ZERO);
      } else {
        context.log().info(Lines.would(step));
        if (step.direction() == Direction.UP) {
          StepRunner.describe(step, context.log());
        }
        progress.set(i, step, State.PLANNED, Duration.ZERO);
      }
    }
    MigrationResult result = progress.result(true);
    context.log().info(Lines.wouldDo(result));
    context.listeners().runFinished(result);
    return result;
  }

  /**
   * What can be known to stop the run stops it here, a preview too, and before anything is locked.
   */
  private void requirePossible(
      MigrationPlan plan, Session session, HistoryReader reader, Snapshot snapshot) {
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

  private static String waiter(MigrationPlan plan) {
    return plan.steps().isEmpty() ? WAITER : Messages.migration(plan.steps().get(0).name());
  }

  /** The session that ran the migration is gone; the tables decide what became of it. */
  private MigrationException settleOnNewSession(SessionLostException lost) {
    try {
      return jdbi.withHandle(
          handle -> {
            Session session = Session.on(handle);
            SessionSettings settings = SessionSettings.lend(session, context);
            try {
              return settle(lost, session);
            } finally {
              settings.giveBack();
            }
          });
    } catch (RuntimeException e) {
      MigrationException unknown = lost.toFailure(Certainty.UNRECORDED, Optional.empty());
      unknown.addSuppressed(e);
      return unknown;
    }
  }

  private MigrationException settle(SessionLostException lost, Session session) {
    HistoryReader reader = new HistoryReader(session, context.options());
    reader.resolveSchema(read(reader).presence());
    Journal journal = new Journal(session, reader.tables());
    Certainty certainty = lost.failure().settle(session, journal, context, true);
    Set<String> executed = new HashSet<>();
    read(reader).rows().forEach(row -> executed.add(row.name()));
    return lost.toFailure(certainty, Optional.of(executed));
  }
}
