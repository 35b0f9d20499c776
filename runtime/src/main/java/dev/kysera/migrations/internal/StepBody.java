package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.Attempt.Mode;
import dev.kysera.migrations.internal.Dialect.Refusal;
import dev.kysera.migrations.internal.StepClaims.Claim;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code of one migration and records it. The code can do anything to its session: commit,
 * roll back, close it. What it did is found out afterwards from the session and from the attempt's
 * own row.
 */
final class StepBody {

  private static final String NO_PRIVILEGE = "42501";

  private final MigrationStep step;
  private final Attempt attempt;
  private final Journal.Probe probe;
  private final Session session;
  private final Journal journal;
  private final RunContext context;
  private final StepTransaction transaction;
  private final Heartbeat heartbeat;

  private String className = "";
  private boolean began;
  private @Nullable Savepoint mark;
  private Set<String> invalidBefore = Set.of();
  private Duration duration = Duration.ZERO;

  StepBody(
      MigrationStep step,
      Claim claim,
      Session session,
      Journal journal,
      RunContext context,
      StepTransaction transaction,
      Heartbeat heartbeat) {
    this.step = step;
    this.heartbeat = heartbeat;
    this.attempt = claim.attempt();
    this.probe = claim.probe();
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
      className = RecordedMigration.original(migration).getClass().getName();
      mark = protect();
      began = true;
      heartbeat.begin(step, session.handle());
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
    heartbeat.end(session.handle());
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
        // Where the transaction has a number, that tells it from another one, and costs nothing.
        return session.dialect().transactionId().isEmpty() ? session.mark() : null;
      }
      case WITNESSED -> {
        session.begin();
        journal.witness(attempt);
      }
      case UNPROTECTED -> {
        session.leaveTransactions();
        session.dialect().limitSession(session.statements(), context.options());
        if (!attempt.inheritsRemains()) { // else they may be what is left half done
          invalidBefore = session.dialect().invalidIndexes(session.statements());
        }
      }
    }
    return null;
  }

  /** Records a migration that has ended normally, or says why it cannot be. */
  Optional<StepFailure> conclude() {
    try {
      if (session.isClosed()) {
        return Optional.of(failed(null, Messages.closedHandle(), true));
      }
      Set<String> invalid = invalidIndexes();
      if (!invalid.isEmpty()) {
        return Optional.of(failed(null, Messages.invalidIndexes(invalid), true));
      }
      boolean inItsTransaction = isRecordedInItsTransaction();
      if (!inItsTransaction && !isRecordedInAnother()) {
        return Optional.of(failed(null, Messages.rolledBackByItself(), true));
      }
      transaction.commitStep();
      if (!inItsTransaction) {
        transaction.commitRun(); // what it has committed cannot be rolled back with the run
      }
      return Optional.empty();
    } catch (HistoryException e) {
      return Optional.of(failed(e, reasonBehind(e), false));
    } catch (Throwable e) {
      return Optional.of(failed(e, "", false));
    }
  }

  /** Why it could not be recorded, where that is the migration's doing; empty if it is not. */
  private String reasonBehind(HistoryException refusal) {
    if (session.statements().refusalOf(refusal) == Refusal.ABORTED) {
      return Messages.wentOnAfterFailure();
    }
    return refusal.sqlState().filter(NO_PRIVILEGE::equals).isPresent()
        ? Messages.leftAnotherRole(refusal)
        : "";
  }

  /** The indexes that this migration has left half built. */
  private Set<String> invalidIndexes() {
    if (attempt.mode() != Mode.UNPROTECTED) {
      return Set.of();
    }
    session.leaveTransactions();
    Set<String> invalid = new TreeSet<>(session.dialect().invalidIndexes(session.statements()));
    invalid.removeAll(invalidBefore);
    return invalid;
  }

  private boolean isRecordedInItsTransaction() {
    boolean open =
        switch (attempt.mode()) {
          case ATOMIC -> session.isMarked(mark);
          case WITNESSED -> !session.isAutoCommit();
          case UNPROTECTED -> false;
        };
    String same = attempt.mode() == Mode.ATOMIC ? probe.transaction() : "";
    return open && journal.finish(attempt, duration, probe.remembered(), same);
  }

  private boolean isRecordedInAnother() {
    return reopen() && journal.finish(attempt, duration, probe.remembered(), "");
  }

  /**
   * Opens a transaction to record the migration in, also after one that has ended its own.
   *
   * @return false if the migration has rolled back
   */
  private boolean reopen() {
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
