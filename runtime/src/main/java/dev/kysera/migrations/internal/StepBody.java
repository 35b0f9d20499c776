package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.Attempt.Mode;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code of one migration and records it. The code can do anything to its session: commit,
 * roll back, close it. What it did is found out afterwards from the session and from the attempt's
 * own row.
 */
final class StepBody {

  private final MigrationStep step;
  private final Attempt attempt;
  private final Session session;
  private final Journal journal;
  private final RunContext context;
  private final StepTransaction transaction;

  private String className = "";
  private boolean began;
  private @Nullable Savepoint mark;
  private Duration duration = Duration.ZERO;

  StepBody(
      MigrationStep step,
      Attempt attempt,
      Session session,
      Journal journal,
      RunContext context,
      StepTransaction transaction) {
    this.step = step;
    this.attempt = attempt;
    this.session = session;
    this.journal = journal;
    this.context = context;
    this.transaction = transaction;
  }

  /** How long the code ran. */
  Duration duration() {
    return duration;
  }

  /** Runs the code. Returns what is wrong if it has thrown. */
  Optional<StepFailure> run() {
    long start = System.nanoTime();
    @Nullable Throwable thrown = null;
    try {
      JdbiMigration migration = context.registry().create(step.name());
      className = migration.getClass().getName();
      mark = protect();
      began = true;
      start = System.nanoTime();
      if (step.direction() == Direction.UP) {
        migration.up(session.handle());
      } else {
        migration.down(session.handle());
      }
    } catch (Throwable e) {
      thrown = e;
    }
    duration = Duration.ofNanos(System.nanoTime() - start);
    return Optional.ofNullable(thrown).map(e -> failed(e, "", began && isTampered()));
  }

  private StepFailure failed(@Nullable Throwable cause, String reason, boolean tampered) {
    return new StepFailure(
        step, className, Optional.of(attempt), cause, reason, began, tampered, duration);
  }

  /** Prepares the transaction, if there is one, so that whatever happens to it is noticed. */
  private @Nullable Savepoint protect() {
    switch (attempt.mode()) {
      case ATOMIC -> {
        return session.mark();
      }
      case WITNESSED -> {
        session.begin();
        journal.witness(attempt);
      }
      case UNPROTECTED -> session.leaveTransactions();
    }
    return null;
  }

  /** Records a migration that has ended normally, or says why it cannot be. */
  Optional<StepFailure> conclude(Journal.Probe probe) {
    try {
      if (session.isClosed()) {
        return Optional.of(failed(null, Messages.closedHandle(), true));
      }
      if (!reopen() || !journal.finish(attempt, duration, probe.remembered())) {
        return Optional.of(failed(null, Messages.rolledBackByItself(), true));
      }
      transaction.commitStep();
      return Optional.empty();
    } catch (Throwable e) {
      return Optional.of(failed(e, "", false));
    }
  }

  /**
   * Makes sure that a transaction is open to record the migration in, also after one that has ended
   * its own.
   *
   * @return false if the migration has rolled back
   */
  private boolean reopen() {
    boolean ended =
        switch (attempt.mode()) {
          case ATOMIC -> !session.isMarked(mark);
          case WITNESSED -> session.isAutoCommit();
          case UNPROTECTED -> true;
        };
    if (!ended) {
      return true;
    }
    if (attempt.mode() != Mode.UNPROTECTED) {
      session.commitLeftovers();
      boolean committed = journal.standing(attempt).map(Journal.Standing::dirty).orElse(false);
      session.endRead();
      if (!committed) {
        return false;
      }
      context.log().warn(Lines.endedItsTransaction(step));
    }
    transaction.beginAgain();
    return true;
  }

  /**
   * Says whether a migration that has thrown had rolled back before: then its own row in the
   * journal is not as the connection should see it.
   */
  private boolean isTampered() {
    try {
      return session.handle().isClosed()
          || !journal.standing(attempt).map(Journal.Standing::dirty).orElse(false);
    } catch (RuntimeException e) {
      return false;
    }
  }
}
