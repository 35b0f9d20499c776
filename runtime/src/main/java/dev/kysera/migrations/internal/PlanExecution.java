package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.TransactionMode;
import dev.kysera.migrations.internal.Messages.Certainty;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

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
    } catch (RuntimeException e) {
      throw fail(0, StepFailure.notBegun(plan.steps().get(0), e));
    }
    int position = 0;
    try {
      for (; position < plan.steps().size(); position++) {
        execute(position);
      }
      position--;
      commitRun(position);
    } catch (MigrationFailedException | SessionLostException e) {
      throw e;
    } catch (RuntimeException e) {
      stop(position);
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
    } catch (RuntimeException e) {
      throw fail(position, StepFailure.notBegun(step, e));
    }
    StepRunner.End end = runner.run(step);
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
      settings.restoreNames();
    }
    context.listeners().afterMigration(step, outcome);
  }

  /** With one transaction for the run, only this makes it true. */
  private void commitRun(int last) {
    try {
      runner.commitRun();
    } catch (RuntimeException e) {
      throw fail(last, runner.failureOfCommit(plan.steps().get(last), e));
    }
  }

  /** Records a failure while the session lives, else leaves it for a new one to do so. */
  private RuntimeException fail(int position, StepFailure failure) {
    session.rollbackQuietly();
    if (failure.attempt().isPresent() && !session.isUsable()) {
      return new SessionLostException(failure, certainty -> conclude(position, failure, certainty));
    }
    Certainty certainty;
    try {
      certainty = failure.settle(session, journal);
      takeBack();
    } catch (RuntimeException e) {
      if (failure.cause() != null) {
        failure.cause().addSuppressed(e);
      }
      session.abort();
      certainty = Certainty.UNRECORDED;
    }
    return conclude(position, failure, certainty);
  }

  /** After the rollback of a run in one transaction, the history says which steps stand. */
  private void takeBack() {
    if (context.options().transactions() == TransactionMode.PER_RUN) {
      List<String> executed = reader.read().rows().stream().map(HistoryRow::name).toList();
      session.endRead();
      List<String> undone = progress.rollBack(new HashSet<>(executed));
      if (!undone.isEmpty()) {
        context.log().warn(Lines.rolledBackTogether(undone));
      }
    }
  }

  private MigrationFailedException conclude(
      int position, StepFailure failure, Certainty certainty) {
    MigrationStep step = failure.step();
    context.log().warn(Lines.failed(step, failure.error()));
    Throwable cause = failure.cause();
    MigrationOutcome outcome =
        progress.fail(
            position, failure, cause == null ? new MigrationException(failure.error()) : cause);
    MigrationResult result = progress.result(false);
    context.listeners().afterMigration(step, outcome);
    context.listeners().runFinished(result);
    return failure.toException(certainty, session.dialect(), result);
  }

  private void stop(int position) {
    session.rollbackQuietly();
    MigrationResult result = progress.result(false);
    context.log().warn(Lines.stopped(result.completed().size(), plan.steps().size() - position));
    context.listeners().runFinished(result);
  }
}
