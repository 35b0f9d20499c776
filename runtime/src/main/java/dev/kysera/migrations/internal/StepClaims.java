package dev.kysera.migrations.internal;

import dev.kysera.migrations.ConcurrentChangeException;
import dev.kysera.migrations.Direction;
import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.Attempt.Mode;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Claims one step after the other: waits until nobody else is at work, takes the open slot, and
 * looks again whether the step is still to be done.
 */
final class StepClaims {

  /**
   * How often the slot may be refused as taken although nobody is seen to hold it. Under contention
   * holders come and go between the two looks; a journal of another shape refuses for ever.
   */
  private static final int MOST_UNEXPLAINED = 10;

  /**
   * The open slot, taken.
   *
   * @param attempt the attempt that holds it
   * @param probe what the database held around it
   */
  record Claim(Attempt attempt, Journal.Probe probe) {}

  private final Session session;
  private final SessionSettings settings;
  private final Journal journal;
  private final HistoryReader reader;
  private final RunContext context;
  private final StepTransaction transaction;
  private final OpenSlot slot;

  /** What this run has passed over and so stays above what it undoes. */
  private final Set<String> skipped = new HashSet<>();

  private List<HistoryRow> strangers;

  /** The last attempt as it was claimed. */
  private Attempt claimed = Attempt.NONE;

  /** What claiming it has seen, where the database tells that in the same round trip. */
  private Optional<Journal.Probe> seenByClaim = Optional.empty();

  /** The history as this run knows it. */
  private final Set<String> executed = new HashSet<>();

  /**
   * Expects the history to be as it was seen.
   *
   * @param snapshot the history when the plan was made
   */
  StepClaims(
      Session session,
      SessionSettings settings,
      Journal journal,
      HistoryReader reader,
      RunContext context,
      StepTransaction transaction,
      Snapshot snapshot) {
    this.session = session;
    this.settings = settings;
    this.journal = journal;
    this.reader = reader;
    this.context = context;
    this.transaction = transaction;
    this.slot = new OpenSlot(session, journal);
    this.strangers = snapshot.strangers();
    snapshot.rows().forEach(row -> executed.add(row.name()));
  }

  /** Notes a step that is passed over. */
  void skip(MigrationStep step) {
    skipped.add(step.name());
  }

  /** Notes a step that is done and recorded. */
  void done(MigrationStep step) {
    if (step.direction() == Direction.UP) {
      executed.add(step.name());
    } else {
      executed.remove(step.name());
    }
  }

  /**
   * Takes the open slot for a step that is still to be done. In atomic mode the transaction of the
   * step is open from here on.
   *
   * @return empty if another run has done the step
   */
  Optional<Claim> acquire(MigrationStep step, Attempt attempt) {
    return context.waiting(wait -> acquire(step, attempt, wait));
  }

  private Optional<Claim> acquire(MigrationStep step, Attempt attempt, LockWait wait) {
    String waiter = Messages.migration(step.name());
    int unexplained = 0;
    claimed = attempt;
    Optional<RuntimeException> refusal = claim(claimed, wait);
    while (refusal.isPresent()) {
      Snapshot seen = reader.read(waiter, wait);
      if (seen.open().isPresent()) {
        unexplained = 0;
        Snapshot free = slot.awaitFree(reader, Optional.of(step), waiter, wait);
        claimed = free.open().map(attempt::superseding).orElse(attempt);
      } else {
        unexplained = isDuplicate(refusal.get()) ? unexplained + 1 : 0;
        if (unexplained > MOST_UNEXPLAINED) {
          throw refusal.get();
        }
        slot.pause(waiter, wait);
        claimed = attempt;
      }
      refusal = claim(claimed, wait);
    }
    Optional<Journal.Probe> probe = confirm(step, claimed);
    if (probe.isEmpty()) {
      giveUp(claimed);
      return Optional.empty();
    }
    if (!probe.get().fenced()) {
      throw new MigrationException(Messages.notFenced(step.name(), session.dialect()));
    }
    return Optional.of(new Claim(claimed, probe.get()));
  }

  /**
   * Leaves no claim behind when the run stops before the migration has begun. A claim may be there
   * although its commit was reported as failed; if it cannot be taken back, the session ends, so
   * that nobody takes its owner for one at work.
   */
  void abandon(Attempt attempt) {
    Attempt last = claimed.id().equals(attempt.id()) ? claimed : attempt;
    try {
      transaction.rollBack();
      boolean standing = journal.standing(last).isPresent();
      session.endRead();
      if (standing) {
        session.inTransaction(() -> takeBack(last));
      }
    } catch (RuntimeException e) {
      session.abort();
    }
  }

  /** What an earlier attempt has left must not lose its only trace. */
  private void takeBack(Attempt attempt) {
    if (attempt.inheritsRemains()) {
      journal.fail(attempt, true, "was not run again");
    } else {
      journal.withdraw(attempt);
    }
  }

  /** Takes the open slot. Returns why it was not given now, empty if it was. */
  private Optional<RuntimeException> claim(Attempt attempt, LockWait wait) {
    boolean joined = transaction.isRunOpen();
    seenByClaim = Optional.empty();
    try {
      if (attempt.mode() == Mode.ATOMIC
          && !joined
          && attempt.superseded().isEmpty()
          && journal.oneTrip().isPresent()) {
        seenByClaim = Optional.of(open(journal.oneTrip().get(), attempt));
        return Optional.empty();
      }
      settings.restoreSuspect();
      if (attempt.mode() == Mode.ATOMIC) {
        beginExclusive(wait);
        take(attempt);
      } else {
        session.inTransaction(
            () -> {
              lockWrites(wait);
              take(attempt);
            });
      }
      return Optional.empty();
    } catch (NotOpenAnyMoreException e) {
      transaction.rollBack();
      return Optional.of(e);
    } catch (HistoryException e) {
      transaction.rollBack();
      if (joined) {
        throw e; // the earlier steps of the run are gone with its transaction
      }
      return switch (session.statements().refusalOf(e)) {
        case DUPLICATE, BUSY -> Optional.of(e);
        case UNSUPPORTED -> {
          if (!journal.doWithoutOneTrip()) {
            throw e;
          }
          yield claim(attempt, wait);
        }
        case READ_ONLY, ABORTED, OTHER -> throw e;
      };
    }
  }

  /** A migration may have left other settings, which then are made right before it counts. */
  private Journal.Probe open(OneTripBookkeeping oneTrip, Attempt attempt) {
    transaction.begin();
    OneTripBookkeeping.Opened opened = oneTrip.open(attempt, context.options());
    if (!settings.areOfRun(opened.settings())) {
      transaction.rollBack();
      settings.restoreForNextStep(false);
      transaction.begin();
      opened = oneTrip.open(attempt, context.options());
    }
    return opened.probe();
  }

  private void take(Attempt attempt) {
    if (!attempt.superseded().isEmpty() && !journal.supersede(attempt.superseded())) {
      throw new NotOpenAnyMoreException();
    }
    journal.claim(attempt);
  }

  /** Another run, or somebody's decision, was faster. */
  private static final class NotOpenAnyMoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private boolean isDuplicate(RuntimeException refusal) {
    return refusal instanceof HistoryException e
        && session.statements().refusalOf(e) == Refusal.DUPLICATE;
  }

  private void beginExclusive(LockWait wait) {
    if (transaction.begin()) {
      lockWrites(wait);
    }
  }

  private void lockWrites(LockWait wait) {
    session
        .dialect()
        .lockWrites(session.statements(), journal.tables(), wait.slice(), context.options());
  }

  /** Gives back a claim under which nothing was done. */
  private void giveUp(Attempt attempt) {
    if (attempt.mode() == Mode.ATOMIC) {
      if (transaction.isPerRun()) {
        journal.withdraw(attempt);
      } else {
        transaction.rollBack();
      }
    } else {
      session.inTransaction(() -> takeBack(attempt));
    }
  }

  /**
   * Looks again, now that nobody else can change the history: whoever held the slot before may have
   * done this step.
   */
  private Optional<Journal.Probe> confirm(MigrationStep step, Attempt attempt) {
    Journal.Probe probe = seenByClaim.orElseGet(() -> journal.probe(attempt));
    boolean up = step.direction() == Direction.UP;
    if (probe.executed() != executed.size() || probe.named() == up) {
      Snapshot snapshot = reader.readInTransaction();
      strangers = snapshot.strangers();
      MigrationState state = MigrationState.of(context.registry(), snapshot);
      boolean stillToDo = isStillToDo(step, state);
      executed.clear();
      executed.addAll(state.executed());
      if (!stillToDo) {
        return Optional.empty();
      }
    }
    if (attempt.mode() != Mode.ATOMIC) {
      session.endRead();
    }
    adoptStrangers(attempt);
    return Optional.of(probe);
  }

  private boolean isStillToDo(MigrationStep step, MigrationState state) {
    if (step.direction() == Direction.UP) {
      requireFoundation(step, state);
      state.requireConsistent(context.options(), reader::everExecuted);
      return !state.isExecuted(step.name());
    }
    String top = "";
    for (String name : state.executed()) {
      if (!skipped.contains(name)) {
        top = name;
      }
    }
    if (!top.equals(step.name())) {
      throw new ConcurrentChangeException(
          Messages.topChanged(step.name(), state.isExecuted(step.name()) ? top : ""));
    }
    return true;
  }

  /** What was executed below the step when it was planned must be executed still. */
  private void requireFoundation(MigrationStep step, MigrationState state) {
    Registry registry = context.registry();
    for (String name : executed) {
      if (registry.contains(name)
          && registry.position(name) < registry.position(step.name())
          && !state.isExecuted(name)) {
        throw new ConcurrentChangeException(Messages.foundationGone(step.name(), name));
      }
    }
  }

  /**
   * Rows that somebody else wrote get their place in the sequence before anything comes behind
   * them.
   */
  private void adoptStrangers(Attempt attempt) {
    if (strangers.isEmpty()) {
      return;
    }
    if (attempt.mode() == Mode.ATOMIC) {
      journal.adopt(strangers, attempt);
    } else {
      session.inTransaction(() -> journal.adopt(strangers, attempt));
    }
    strangers = List.of();
  }
}
