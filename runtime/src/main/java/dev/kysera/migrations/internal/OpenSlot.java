package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.InterruptedMigrationException;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.internal.Dialect.Liveness;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.util.Optional;

/**
 * The place in the journal that one attempt at a time can hold. Whoever finds it taken looks at the
 * holder here: a living one is waited for, a dead one that has committed nothing is cleared away,
 * and one that may be half done stops the run.
 */
final class OpenSlot {

  private final Session session;
  private final Journal journal;

  OpenSlot(Session session, Journal journal) {
    this.session = session;
    this.journal = journal;
  }

  /**
   * Stops if somebody has recorded the attempt as failed and half done: nobody needs to be waited
   * for.
   */
  static void requireNotFailed(Optional<OpenAttempt> open, Dialect dialect) {
    open.filter(attempt -> !attempt.started())
        .ifPresent(
            attempt -> {
              throw interrupted(attempt, false, dialect);
            });
  }

  /**
   * Looks once at the holder: returns after a pause, or after clearing it away, and the caller
   * tries again.
   *
   * @param holder the attempt that holds the slot, if it could be seen
   * @param waiter who waits, as messages begin
   * @throws InterruptedMigrationException if the holder may be half done and is dead, or not known
   *     to be alive when the time is up
   */
  void waitOrClear(Optional<OpenAttempt> holder, String waiter, LockWait wait) {
    if (holder.isEmpty()) {
      wait.pause(waiter, Optional.empty());
      return;
    }
    OpenAttempt attempt = holder.get();
    requireNotFailed(holder, session.dialect());
    if (LiveAttempts.isOwn(attempt)) {
      throw new MigrationException(Messages.nested(attempt));
    }
    switch (liveness(attempt)) {
      case ALIVE -> wait.pause(waiter, Optional.of(attempt.owner()));
      case UNKNOWN -> {
        if (wait.isOver() && isStillOpen(attempt)) {
          throw interrupted(attempt, true, session.dialect());
        }
        wait.pause(waiter, Optional.of(attempt.owner()));
      }
      case DEAD -> {
        if (!attempt.dirty()) {
          clear(attempt, waiter, wait);
        } else if (isStillOpen(attempt)) {
          throw interrupted(attempt, false, session.dialect());
        }
      }
    }
  }

  /**
   * Stops, without waiting, if the holder may be half done and is dead.
   *
   * @throws InterruptedMigrationException if it is
   */
  void requireNotInterrupted(Optional<OpenAttempt> holder) {
    requireNotFailed(holder, session.dialect());
    holder
        .filter(attempt -> attempt.dirty() && !LiveAttempts.isOwn(attempt))
        .filter(attempt -> liveness(attempt) == Liveness.DEAD && isStillOpen(attempt))
        .ifPresent(
            attempt -> {
              throw interrupted(attempt, false, session.dialect());
            });
  }

  /** An owner may have recorded its end and gone between the look at its row and the look at it. */
  boolean isStillOpen(OpenAttempt attempt) {
    boolean open = journal.isOpen(attempt);
    session.endRead();
    return open;
  }

  Liveness liveness(OpenAttempt attempt) {
    Liveness liveness = session.dialect().liveness(session.statements(), journal.tables(), attempt);
    session.endRead();
    return liveness;
  }

  /** Somebody else may be clearing it away too; whoever comes second sees it gone. */
  private void clear(OpenAttempt attempt, String waiter, LockWait wait) {
    try {
      session.inTransaction(() -> journal.abort(attempt));
    } catch (HistoryException e) {
      if (session.statements().refusalOf(e) != Refusal.BUSY) {
        throw e;
      }
      wait.pause(waiter, Optional.of(attempt.owner()));
    }
  }

  private static InterruptedMigrationException interrupted(
      OpenAttempt attempt, boolean ownerMayLive, Dialect dialect) {
    return new InterruptedMigrationException(
        attempt.name(), attempt.id(), Messages.interrupted(attempt, ownerMayLive, dialect));
  }
}
