package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationLockException;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step that failed.
 *
 * @param step the step
 * @param className the class of the migration, empty if it is not known
 * @param attempt the attempt in the journal, empty if there is none
 * @param cause what was thrown, null if the migration ended normally
 * @param reason what is wrong, where nothing was thrown or it does not say so itself
 * @param began whether its code ran at all
 * @param tampered whether the migration ended the transaction of the run, so that nobody knows what
 *     is left
 * @param duration how long it ran
 */
record StepFailure(
    MigrationStep step,
    String className,
    Optional<Attempt> attempt,
    @Nullable Throwable cause,
    String reason,
    boolean began,
    boolean tampered,
    Duration duration) {

  /** Failed before anything was done. */
  static StepFailure notBegun(MigrationStep step, Throwable cause) {
    return new StepFailure(step, "", Optional.empty(), cause, "", false, false, Duration.ZERO);
  }

  /** What the journal keeps of it. */
  String error() {
    return reason.isEmpty() && cause != null ? CauseText.of(cause) : reason;
  }

  /**
   * Tells the user.
   *
   * @param executed whether the history holds the migration now
   */
  MigrationFailedException toException(
      Certainty certainty, boolean executed, Dialect dialect, MigrationResult result) {
    return new MigrationFailedException(
        step.name(),
        step.direction(),
        result,
        FailureMessage.of(this, certainty, executed, dialect, result),
        cause);
  }

  /**
   * Finds out what is certain and records the failure. No transaction of this session is open. What
   * is certain does not depend on whether it can be recorded; an attempt that cannot be closed now
   * is found by the next run, which needs to see that its owner is gone.
   *
   * @param journal on the session that failed, or on a new one if that one is gone
   * @param lost whether the session is gone: the database may still be at work for it, and even
   *     commit
   * @throws HistoryException if the journal cannot be read
   */
  Certainty settle(Session session, Journal journal, RunContext context, boolean lost) {
    if (attempt.isEmpty()) {
      return Certainty.NOT_BEGUN;
    }
    return context.waiting(wait -> settle(attempt.get(), session, journal, context, lost, wait));
  }

  private Certainty settle(
      Attempt failed,
      Session session,
      Journal journal,
      RunContext context,
      boolean lost,
      LockWait wait) {
    boolean again = true;
    while (true) {
      Optional<Journal.Standing> standing = journal.standing(failed);
      session.endRead();
      if (standing.map(Journal.Standing::finished).orElse(false)) {
        return Certainty.COMPLETE;
      }
      boolean left = began && (tampered || standing.map(Journal.Standing::dirty).orElse(false));
      boolean dirty = left || failed.inheritsRemains();
      Certainty certainty = dirty ? Certainty.MAY_BE_PARTIAL : Certainty.NOTHING_LEFT;
      try {
        session.inTransaction(
            () -> {
              if (standing.isEmpty()) {
                // A new row gets a number in the sequence, for which others may wait, or we.
                session
                    .dialect()
                    .lockWrites(
                        session.statements(), journal.tables(), wait.slice(), context.options());
              }
              journal.fail(failed, dirty, error());
            });
        return certainty;
      } catch (HistoryException e) {
        Refusal refusal = session.statements().refusalOf(e);
        boolean undecided = standing.isEmpty() && lost;
        if (refusal == Refusal.BUSY
            && (undecided || dirty)
            && canWait(new OpenSlot(session, journal), wait)) {
          continue;
        }
        if (refusal == Refusal.DUPLICATE && again) {
          again = false; // it has been recorded since it was looked at
          continue;
        }
        if (refusal == Refusal.BUSY && undecided) {
          certainty = Certainty.UNRECORDED;
        }
        if (cause != null) {
          cause.addSuppressed(e);
        }
        if (standing.isPresent()) {
          session.abort();
        }
        return certainty;
      }
    }
  }

  private boolean canWait(OpenSlot slot, LockWait wait) {
    try {
      slot.pause(Messages.migration(step.name()), wait);
      return true;
    } catch (MigrationLockException e) {
      return false;
    }
  }
}
