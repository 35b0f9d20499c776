package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.Attempt.Mode;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs one step after the other: claims it, runs its body, and records it together with its effect
 * where the database can.
 */
final class StepRunner {

  /** How a step ended. */
  sealed interface End {
    /**
     * It is done and recorded.
     *
     * @param duration how long its body ran
     */
    record Done(Duration duration) implements End {}

    /** Another run did it meanwhile. */
    record Dropped() implements End {}

    /**
     * It failed, and is not recorded yet.
     *
     * @param failure what happened
     */
    record Failed(StepFailure failure) implements End {}
  }

  private final Session session;
  private final Journal journal;
  private final RunContext context;
  private final StepTransaction transaction;
  private final StepClaims claims;
  private Optional<Attempt> lastAttempt = Optional.empty();
  private boolean interrupted;

  StepRunner(
      Session session,
      Journal journal,
      HistoryReader reader,
      RunContext context,
      Snapshot snapshot) {
    this.session = session;
    this.journal = journal;
    this.context = context;
    this.transaction = new StepTransaction(session, context.options().transactions());
    this.claims = new StepClaims(session, journal, reader, context, transaction, snapshot);
  }

  /** Passes over a step that cannot be done. */
  void skip(MigrationStep step) {
    claims.skip(step);
  }

  /** Runs a step. What stops the run for another reason than the migration itself is thrown. */
  End run(MigrationStep step) {
    Attempt attempt = Attempt.at(step.name(), step.direction(), mode(step));
    LiveAttempts.begin(attempt.id()); // before anybody can see its claim
    try {
      Optional<Journal.Probe> probe = claim(step, attempt);
      return probe.isPresent() ? run(step, attempt, probe.get()) : new End.Dropped();
    } finally {
      LiveAttempts.end(attempt.id());
    }
  }

  private Optional<Journal.Probe> claim(MigrationStep step, Attempt attempt) {
    try {
      Optional<Journal.Probe> probe = claims.acquire(step, attempt);
      if (probe.isPresent()) {
        announce(step);
      }
      return probe;
    } catch (Throwable e) {
      claims.abandon(attempt);
      throw e;
    }
  }

  private End run(MigrationStep step, Attempt attempt, Journal.Probe probe) {
    StepBody body = new StepBody(step, attempt, session, journal, context, transaction);
    Optional<StepFailure> failure = body.run();
    interrupted |=
        Thread.interrupted()
            || failure.map(f -> f.cause() instanceof InterruptedException).orElse(false);
    if (failure.isEmpty()) {
      failure = body.conclude(probe);
    }
    if (failure.isPresent()) {
      transaction.rollBack();
      return new End.Failed(failure.get());
    }
    claims.done(step);
    lastAttempt = Optional.of(attempt);
    return new End.Done(body.duration());
  }

  /**
   * Says whether an interrupt came during a migration. It is held back until the run has closed its
   * handle: during I/O it would close an embedded H2 database for everybody.
   */
  boolean wasInterrupted() {
    return interrupted;
  }

  /** Commits what a run in one transaction has done. */
  void commitRun() {
    transaction.commitRun();
  }

  /** The transaction of the run did not commit: its last step stands for all. */
  StepFailure failureOfCommit(MigrationStep step, RuntimeException cause) {
    return new StepFailure(step, "", lastAttempt, cause, "", true, false, Duration.ZERO);
  }

  private Mode mode(MigrationStep step) {
    if (!step.definition().map(MigrationDefinition::transactional).orElse(true)) {
      return Mode.UNPROTECTED;
    }
    return session.dialect().commitsOnDdl() ? Mode.WITNESSED : Mode.ATOMIC;
  }

  private void announce(MigrationStep step) {
    context.log().info(Lines.running(step));
    if (step.direction() == Direction.UP) {
      describe(step, context.log());
    }
  }

  /** Logs what the author says of a migration that goes up. */
  static void describe(MigrationStep step, RunLog log) {
    MigrationDefinition definition = step.definition().orElseThrow();
    if (!definition.description().isEmpty()) {
      log.info(Lines.description(definition));
    }
    if (definition.breaking()) {
      log.warn(Lines.BREAKING);
    }
    if (!definition.estimated().isZero()) {
      log.info(Lines.estimated(definition));
    }
  }
}
