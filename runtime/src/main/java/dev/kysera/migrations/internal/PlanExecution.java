package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.TransactionMode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Executes a plan step by step, tells the listeners and the log, and keeps the outcomes. */
final class PlanExecution {

  private final Verb verb;
  private final MigrationPlan plan;
  private final Session session;
  private final StepRunner runner;
  private final SessionSettings settings;
  private final Journal journal;
  private final HistoryReader reader;
  private final RunContext context;
  private final RunProgress progress;
  private int lastRun;

  PlanExecution(
      Verb verb,
      MigrationPlan plan,
      Session session,
      StepRunner runner,
      SessionSettings settings,
      Journal journal,
      HistoryReader reader,
      RunContext context,
      long startedAt) {
    this.verb = verb;
    this.plan = plan;
    this.session = session;
    this.runner = runner;
    this.settings = settings;
    this.journal = journal;
    this.reader = reader;
    this.context = context;
    this.progress = new RunProgress(plan, startedAt);
  }

  /**
   * Executes the plan.
   *
   * @throws MigrationFailedException if a migration failed
   * @throws MigrationException if the run had to stop for another reason
   */
  MigrationResult run() {
    String opening = verb.opening(plan);
    if (!opening.isEmpty()) {
      context.log().warn(opening);
    }
    try {
      context.listeners().runStarted(plan);
    } catch (Throwable e) {
      throw fail(0, StepFailure.notBegun(plan.steps().get(0), e));
    }
    try {
      for (int position = 0; position < plan.steps().size(); position++) {
        execute(position);
      }
      commitRun();
    } catch (MigrationFailedException | SessionLostException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      stop();
      throw e;
    }
    MigrationResult result = progress.result(false);
    String ending = verb.ending(result);
    if (result.skipped().isEmpty()) {
      context.log().info(ending);
    } else {
      context.log().warn(ending);
    }
    context.listeners().runFinished(result);
    return result;
  }

  private void execute(int position) {
    MigrationStep step = plan.steps().get(position);
    if (Verb.isSkipped(step)) {
      runner.skip(step);
      context.log().warn(Lines.skipped(step));
      progress.set(position, step, State.SKIPPED, Duration.ZERO);
      return;
    }
    try {
      context.listeners().beforeMigration(step);
    } catch (Throwable e) {
      throw fail(position, StepFailure.notBegun(step, e));
    }
    StepRunner.End end = runner.run(step);
    lastRun = position;
    if (end instanceof StepRunner.End.Failed failed) {
      throw fail(position, failed.failure());
    }
    MigrationOutcome outcome;
    if (end instanceof StepRunner.End.Done done) {
      outcome = progress.set(position, step, State.COMPLETED, done.duration());
      context.log().info(Lines.done(step, done.duration()));
    } else {
      outcome = progress.set(position, step, State.SKIPPED, Duration.ZERO);
      context.log().info(Lines.doneByAnotherRun(step));
    }
    if (context.options().transactions() == TransactionMode.PER_MIGRATION) {
      settings.restoreForNextStep(journal.oneTrip().isPresent());
    }
    context.listeners().afterMigration(step, outcome);
  }

  /** With one transaction for the run, only this makes it true. */
  private void commitRun() {
    try {
      runner.commitRun();
    } catch (RuntimeException e) {
      throw fail(lastRun, runner.failureOfCommit(plan.steps().get(lastRun), e));
    }
  }

  /** Records a failure while the session lives, else leaves it for a new one to do so. */
  private RuntimeException fail(int position, StepFailure failure) {
    session.rollbackQuietly();
    if (failure.attempt().isPresent() && !session.isUsable()) {
      return new SessionLostException(
          failure, (certainty, executed) -> conclude(position, failure, certainty, executed));
    }
    Certainty certainty = Certainty.UNRECORDED;
    try {
      certainty = failure.settle(session, journal, context, false);
    } catch (HistoryException e) {
      Throwable cause = failure.cause();
      if (cause != null) {
        cause.addSuppressed(e);
      }
      abortIfClaimed();
    }
    return conclude(position, failure, certainty, executed());
  }

  /** An attempt that could not be closed must not name a session that a pool keeps alive. */
  private void abortIfClaimed() {
    boolean journalIsThere;
    try {
      journalIsThere = session.dialect().presence(session.statements(), journal.tables()).journal();
    } catch (HistoryException e) {
      journalIsThere = true;
    }
    if (journalIsThere) {
      session.abort();
    }
  }

  /** Returns the names in the history, empty if it cannot be read. */
  private Optional<Set<String>> executed() {
    try {
      Set<String> executed = new HashSet<>();
      reader.read().rows().forEach(row -> executed.add(row.name()));
      session.endRead();
      return Optional.of(executed);
    } catch (HistoryException e) {
      return Optional.empty();
    }
  }

  /** After the rollback of a run in one transaction, the history says which steps stand. */
  private void takeBack(Optional<Set<String>> executed) {
    if (context.options().transactions() == TransactionMode.PER_RUN) {
      List<String> undone = progress.rollBack(executed);
      if (!undone.isEmpty()) {
        context.log().warn(Lines.rolledBackTogether(undone));
      }
    }
  }

  private MigrationFailedException conclude(
      int position, StepFailure failure, Certainty certainty, Optional<Set<String>> executed) {
    takeBack(executed);
    MigrationStep step = failure.step();
    Throwable cause =
        failure.cause() == null ? new MigrationException(failure.error()) : failure.cause();
    MigrationOutcome outcome;
    if (certainty == Certainty.COMPLETE) {
      context.log().warn(Lines.doneButStopped(step, failure.error()));
      outcome = progress.set(position, step, State.COMPLETED, failure.duration());
    } else {
      context.log().warn(Lines.failed(step, failure.error()));
      outcome = progress.fail(position, failure, cause);
    }
    MigrationResult result = progress.result(false);
    context.listeners().afterMigration(step, outcome);
    context.listeners().runFinished(result);
    boolean stands =
        executed
            .map(names -> names.contains(step.name()))
            .orElse(step.direction() == Direction.DOWN);
    return failure.toException(certainty, stands, session.dialect(), result);
  }

  private void stop() {
    session.rollbackQuietly();
    takeBack(executed());
    MigrationResult result = progress.result(false);
    context.log().warn(Lines.stopped(result.completed().size(), result.notRun().size()));
    context.listeners().runFinished(result);
  }
}
