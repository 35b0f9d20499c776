package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.InterruptedMigrationException;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationStep;
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
  static void requireNotFailed(
      Optional<OpenAttempt> open, Optional<MigrationStep> next, Dialect dialect) {
    open.filter(attempt -> !attempt.started() && !isRunAgainBy(next, attempt))
        .ifPresent(
            attempt -> {
              throw interrupted(attempt, false, dialect);
            });
  }

  /**
   * Says whether the step runs again what an attempt has left half done: the same migration, the
   * same way, and its author allows it.
   */
  static boolean isRunAgainBy(Optional<MigrationStep> next, OpenAttempt attempt) {
    return next.filter(step -> step.name().equals(attempt.name()))
        .filter(step -> step.direction() == attempt.direction())
        .flatMap(MigrationStep::definition)
        .map(MigrationDefinition::rerunnable)
        .orElse(false);
  }

  /**
   * Waits until nobody holds the slot, or only an attempt that the next step runs again.
   *
   * @param next the step that wants it
   * @return the history as it is then, with that attempt as the open one
   */
  Snapshot awaitFree(
      HistoryReader reader, Optional<MigrationStep> next, String waiter, LockWait wait) {
    Snapshot snapshot = reader.read(waiter, wait);
    while (snapshot.open().isPresent() && !waitOrClear(snapshot.open().get(), next, waiter, wait)) {
      snapshot = reader.read(waiter, wait);
    }
    return snapshot;
  }

  /** Waits a little for somebody who holds the slot but whose attempt cannot be seen. */
  void pause(String waiter, LockWait wait) {
    wait.pause(
        waiter,
        () -> {
          Optional<String> holder =
              session.dialect().holder(session.statements(), journal.tables());
          session.endRead();
          return holder;
        });
  }

  /**
   * Looks once at the holder: returns after a pause, or after clearing it away, and the caller
   * tries again.
   *
   * @param attempt the attempt that holds the slot
   * @param next the step that wants it
   * @param waiter who waits, as messages begin
   * @return whether the step may take the slot from the attempt
   * @throws InterruptedMigrationException if the holder may be half done and is dead, or not known
   *     to be alive when the time is up
   */
  boolean waitOrClear(
      OpenAttempt attempt, Optional<MigrationStep> next, String waiter, LockWait wait) {
    requireNotFailed(Optional.of(attempt), next, session.dialect());
    if (LiveAttempts.isOwn(attempt)) {
      throw new MigrationException(Messages.nested(attempt));
    }
    if (!attempt.started()) {
      return true;
    }
    switch (liveness(attempt)) {
      case ALIVE -> wait.pause(waiter, () -> Optional.of(attempt.owner()));
      case UNKNOWN -> {
        // One look at the time decides: who may be gone is not told as one who holds the lock.
        if (!wait.pausesStill(waiter, () -> Optional.of(attempt.owner())) && isStillOpen(attempt)) {
          throw interrupted(attempt, true, session.dialect());
        }
      }
      case DEAD -> {
        if (!attempt.dirty()) {
          clear(attempt, waiter, wait);
        } else if (isStillOpen(attempt)) {
          if (isRunAgainBy(next, attempt)) {
            return true;
          }
          throw interrupted(attempt, false, session.dialect());
        }
      }
    }
    return false;
  }

  /**
   * Stops, without waiting, if the holder may be half done and is dead.
   *
   * @throws InterruptedMigrationException if it is
   */
  void requireNotInterrupted(Optional<OpenAttempt> holder, Optional<MigrationStep> next) {
    requireNotFailed(holder, next, session.dialect());
    holder
        .filter(attempt -> attempt.started() && attempt.dirty())
        .filter(attempt -> !LiveAttempts.isOwn(attempt) && !isRunAgainBy(next, attempt))
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
      wait.pause(waiter, () -> Optional.of(attempt.owner()));
    }
  }

  static InterruptedMigrationException interrupted(
      OpenAttempt attempt, boolean ownerMayLive, Dialect dialect) {
    return new InterruptedMigrationException(
        attempt.name(), attempt.id(), Messages.interrupted(attempt, ownerMayLive, dialect));
  }
}
