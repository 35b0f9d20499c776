package dev.kysera.migrations.internal;

import dev.kysera.migrations.ConcurrentChangeException;
import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import java.time.Duration;
import java.util.Optional;

/**
 * The whole road of a verb that writes, on one session: read, compare, plan; if there is something
 * to do, create what is missing, look again when nobody else is at work, execute, and give the
 * session back.
 */
final class VerbExecution {

  private final Verb verb;
  private final Session session;
  private final RunContext context;
  private final Run run;
  private final Planning planning;

  VerbExecution(Verb verb, Session session, RunContext context, Run run) {
    this.verb = verb;
    this.session = session;
    this.context = context;
    this.run = run;
    this.planning = new Planning(verb, session, context);
  }

  MigrationResult execute() {
    HistoryReader reader = planning.reader();
    Snapshot snapshot = planning.read();
    MigrationPlan plan = planning.plan(snapshot);
    if (verb.goesUp()) {
      warn(MigrationState.of(context.registry(), snapshot), context);
    }
    if (!plan.steps().isEmpty()) {
      planning.requirePossible(plan, snapshot);
    }
    if (context.options().dryRun()) {
      snapshot.renamed().forEach(row -> context.log().info(Lines.wouldRename(row)));
      return rehearse(plan, MigrationState.of(context.registry(), snapshot));
    }
    if (plan.steps().isEmpty() && snapshot.open().isEmpty() && snapshot.renamed().isEmpty()) {
      return nothingToDo(plan, MigrationState.of(context.registry(), snapshot));
    }
    reader.resolveSchema(snapshot.presence());
    Journal journal = new Journal(session, reader.tables());
    SessionSettings settings = SessionSettings.lend(session, context);
    Optional<StepRunner> runner = Optional.empty();
    try (Heartbeat heartbeat =
        new Heartbeat(Heartbeat.INTERVAL, session, reader.tables(), context.log())) {
      Setup.createMissing(session, journal, snapshot.presence(), context);
      Snapshot free =
          context.waiting(
              wait ->
                  new OpenSlot(session, journal)
                      .awaitFree(reader, Planning.first(plan), waiter(plan), wait));
      if (!free.renamed().isEmpty()) {
        Renaming.of(free, session, journal, reader, context);
        free = context.waiting(wait -> reader.read(waiter(plan), wait));
      }
      MigrationPlan current = planning.plan(free);
      MigrationState state = MigrationState.of(context.registry(), free);
      if (!verb.goesUp() && !plan.steps().isEmpty() && !current.equals(plan)) {
        throw new ConcurrentChangeException(Messages.planChanged(plan, state));
      }
      if (current.steps().isEmpty()) {
        return nothingToDo(current, state);
      }
      reportExecuted(state, true);
      runner =
          Optional.of(new StepRunner(session, settings, journal, reader, context, free, heartbeat));
      return new PlanExecution(
              verb,
              current,
              session,
              runner.get(),
              settings,
              journal,
              reader,
              context,
              run.startedAt())
          .run();
    } finally {
      runner.ifPresent(StepRunner::close);
      settings.giveBack();
      if (runner.map(StepRunner::wasInterrupted).orElse(false)) {
        run.holdInterrupt();
      }
    }
  }

  /** Says what is tolerated on the way up, but should be looked at. */
  static void warn(MigrationState state, RunContext context) {
    if (context.registry().definitions().isEmpty()) {
      context.log().warn(Lines.EMPTY_REGISTRY);
    }
    state.newer().forEach(name -> context.log().warn(Lines.newer(name)));
    state.changed().forEach(name -> context.log().warn(Lines.changed(name)));
  }

  private void reportExecuted(MigrationState state, boolean news) {
    int count = state.executed().size();
    if (!verb.goesUp() || count == 0) {
      return;
    }
    if (news) {
      context.log().info(Lines.alreadyExecuted(count));
    } else {
      context.log().report(Lines.alreadyExecuted(count));
    }
    context.log().debug(Lines.alreadyExecuted(state.executed()));
  }

  private MigrationResult nothingToDo(MigrationPlan plan, MigrationState state) {
    reportExecuted(state, false);
    String line = verb.nothingToDo(state);
    if (line.equals(Lines.NOTHING_TO_ROLL_BACK)) {
      context.log().warn(line);
    } else {
      context.log().report(line);
    }
    return new RunProgress(plan, run.startedAt()).result(context.options().dryRun());
  }

  private MigrationResult rehearse(MigrationPlan plan, MigrationState state) {
    if (plan.steps().isEmpty()) {
      return nothingToDo(plan, state);
    }
    RunProgress progress = new RunProgress(plan, run.startedAt());
    try {
      context.listeners().runStarted(plan);
    } catch (Throwable e) {
      StepFailure veto = StepFailure.notBegun(plan.steps().get(0), e);
      progress.fail(0, veto, e);
      throw veto.toException(
          Certainty.NOT_BEGUN,
          state.isExecuted(veto.step().name()),
          session.dialect(),
          progress.result(true));
    }
    reportExecuted(state, true);
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

  private static String waiter(MigrationPlan plan) {
    return plan.steps().isEmpty()
        ? Planning.WAITER
        : Messages.migration(plan.steps().get(0).name());
  }
}
