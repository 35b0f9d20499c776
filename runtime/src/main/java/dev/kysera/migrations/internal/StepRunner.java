package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.Attempt.Mode;
import dev.kysera.migrations.internal.Dialect.Refusal;
import dev.kysera.migrations.internal.StepClaims.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

  /** How often an attempt that others have undone is made again. */
  private static final int MOST_RETRIES = 3;

  private static final long FIRST_PAUSE_MILLIS = 100;

  private final Session session;
  private final Journal journal;
  private final RunContext context;
  private final StepTransaction transaction;
  private final SignOfLife sign;
  private final StepClaims claims;
  private final Heartbeat heartbeat;
  private Optional<Attempt> lastAttempt = Optional.empty();
  private boolean interrupted;

  StepRunner(
      Session session,
      SessionSettings settings,
      Journal journal,
      HistoryReader reader,
      RunContext context,
      Snapshot snapshot,
      Heartbeat heartbeat) {
    this.session = session;
    this.heartbeat = heartbeat;
    this.journal = journal;
    this.context = context;
    this.transaction = new StepTransaction(session, context.options().transactions());
    this.sign = new SignOfLife(session, context.log());
    this.claims =
        new StepClaims(session, settings, journal, reader, context, transaction, snapshot);
  }

  /** Passes over a step that cannot be done. */
  void skip(MigrationStep step) {
    claims.skip(step);
  }

  /**
   * Runs a step, again from its beginning if a lock or a conflict with another session undid it.
   * What stops the run for another reason than the migration itself is thrown.
   */
  End run(MigrationStep step) {
    long start = System.nanoTime();
    for (int retry = 1; ; retry++) {
      End end = runOnce(step, retry == 1);
      if (!(end instanceof End.Failed failed)
          || retry > MOST_RETRIES
          || interrupted
          || Duration.ofNanos(System.nanoTime() - start).compareTo(context.options().lockTimeout())
              >= 0
          || !isUndoneByOthers(failed.failure())) {
        return end;
      }
      context.log().warn(Lines.retrying(step, failed.failure().error(), retry, MOST_RETRIES));
      if (!pause(retry)) {
        return end;
      }
    }
  }

  /** Says whether the whole attempt is undone, for a reason that may be gone the next time. */
  private boolean isUndoneByOthers(StepFailure failure) {
    Attempt attempt = failure.attempt().orElseThrow();
    if (attempt.mode() != Mode.ATOMIC
        || transaction.isPerRun()
        || failure.tampered()
        || !isContention(failure.cause())) {
      return false;
    }
    try {
      boolean undone = journal.standing(attempt).isEmpty();
      session.endRead();
      return undone;
    } catch (RuntimeException e) {
      return false; // the session is gone, and what is certain is found out elsewhere
    }
  }

  private boolean isContention(@Nullable Throwable thrown) {
    return CauseText.sqlException(thrown)
        .map(sql -> session.dialect().refusal(sql) == Refusal.BUSY)
        .orElse(false);
  }

  /** Returns false if the thread was interrupted. */
  private boolean pause(int retry) {
    long most = FIRST_PAUSE_MILLIS << retry;
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(most / 2, most));
      return true;
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    }
  }

  private End runOnce(MigrationStep step, boolean first) {
    Mode mode = mode(step);
    Attempt attempt =
        Attempt.at(
            step.name(),
            step.direction(),
            mode,
            sign.of(mode),
            context.registry().fingerprint(step.name()));
    LiveAttempts.begin(attempt.id()); // before anybody can see its claim
    try {
      Optional<Claim> claim = claim(step, attempt, first);
      return claim.isPresent() ? run(step, claim.get()) : new End.Dropped();
    } finally {
      LiveAttempts.end(attempt.id());
    }
  }

  private Optional<Claim> claim(MigrationStep step, Attempt attempt, boolean first) {
    try {
      Optional<Claim> claim = claims.acquire(step, attempt);
      if (claim.isPresent() && first) {
        announce(step);
      }
      return claim;
    } catch (Throwable e) {
      claims.abandon(attempt);
      throw e;
    }
  }

  private End run(MigrationStep step, Claim claim) {
    StepBody body = new StepBody(step, claim, session, journal, context, transaction, heartbeat);
    Optional<StepFailure> failure = body.run();
    interrupted |=
        Thread.interrupted()
            || failure.map(f -> f.cause() instanceof InterruptedException).orElse(false);
    if (failure.isEmpty()) {
      failure = body.conclude();
    }
    if (failure.isPresent()) {
      transaction.rollBack();
      return new End.Failed(failure.get());
    }
    claims.done(step);
    lastAttempt = Optional.of(claim.attempt());
    return new End.Done(body.duration());
  }

  /** Ends what the steps have shared. No transaction is open. */
  void close() {
    sign.end();
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
    return session.dialect().needsCommittedClaim() ? Mode.WITNESSED : Mode.ATOMIC;
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
