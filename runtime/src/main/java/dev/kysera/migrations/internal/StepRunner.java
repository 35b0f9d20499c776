package dev.kysera.migrations.internal;

import dev.kysera.migrations.ConcurrentChangeException;
import dev.kysera.migrations.Direction;
import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.TransactionMode;
import dev.kysera.migrations.internal.Attempt.Mode;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    record Failed(Failure failure) implements End {}
  }

  private final Session session;
  private final Journal journal;
  private final HistoryReader reader;
  private final RunContext context;
  private final OpenSlot slot;
  private final boolean perRun;

  /** What this run has passed over and so stays above what it undoes. */
  private final Set<String> skipped = new HashSet<>();

  private List<HistoryRow> strangers;
  private long expectedRows;
  private Optional<Attempt> lastAttempt = Optional.empty();
  private boolean inRunTransaction;
  private boolean interrupted;

  StepRunner(
      Session session,
      Journal journal,
      HistoryReader reader,
      RunContext context,
      Snapshot snapshot) {
    this.session = session;
    this.journal = journal;
    this.reader = reader;
    this.context = context;
    this.slot = new OpenSlot(session, journal);
    this.perRun = context.options().transactions() == TransactionMode.PER_RUN;
    this.strangers = snapshot.strangers();
    this.expectedRows = snapshot.rows().size();
  }

  /** Passes over a step that cannot be done. */
  void skip(MigrationStep step) {
    skipped.add(step.name());
  }

  /** Runs a step. What stops the run for another reason than the migration itself is thrown. */
  End run(MigrationStep step) {
    Attempt attempt = Attempt.at(step.name(), step.direction(), mode(step));
    LiveAttempts.begin(attempt.id()); // before anybody can see its claim
    try {
      Optional<Journal.Probe> probe = acquire(step, attempt);
      if (probe.isEmpty()) {
        return new End.Dropped();
      }
      announce(step);
      return runBody(step, attempt, probe.get());
    } finally {
      LiveAttempts.end(attempt.id());
    }
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

  // --- the claim

  /**
   * Takes the open slot for a step that is still to be done. In atomic mode the transaction of the
   * step is open from here on.
   *
   * @return empty if another run has done the step
   */
  private Optional<Journal.Probe> acquire(MigrationStep step, Attempt attempt) {
    LockWait wait = context.newWait();
    while (!claim(attempt, wait)) {
      Snapshot snapshot = reader.read();
      session.endRead();
      slot.waitOrClear(snapshot.open(), Messages.migration(step.name()), wait);
    }
    try {
      Optional<Journal.Probe> probe = confirm(step, attempt);
      if (probe.isEmpty()) {
        giveUp(attempt);
      }
      return probe;
    } catch (RuntimeException e) {
      giveUp(attempt);
      throw e;
    }
  }

  private boolean claim(Attempt attempt, LockWait wait) {
    try {
      if (attempt.mode() == Mode.ATOMIC) {
        beginExclusive(wait);
        journal.claim(attempt);
      } else {
        session.inTransaction(
            () -> {
              session.dialect().lockWrites(session, journal.tables(), wait.slice());
              journal.claim(attempt);
            });
      }
      return true;
    } catch (HistoryException e) {
      session.rollbackQuietly();
      inRunTransaction = false;
      return switch (session.failureOf(e)) {
        case DUPLICATE, BUSY -> false;
        case READ_ONLY, OTHER -> throw e;
      };
    }
  }

  private void beginExclusive(LockWait wait) {
    if (!inRunTransaction) {
      session.begin();
      session.dialect().lockWrites(session, journal.tables(), wait.slice());
      inRunTransaction = perRun;
    }
  }

  /** Gives back a claim under which nothing was done. */
  private void giveUp(Attempt attempt) {
    if (attempt.mode() == Mode.ATOMIC) {
      if (perRun) {
        journal.withdraw(attempt);
      } else {
        session.rollbackQuietly();
      }
    } else {
      session.inTransaction(() -> journal.withdraw(attempt));
    }
  }

  /**
   * Looks again, now that nobody else can change the history: whoever held the slot before may have
   * done this step.
   */
  private Optional<Journal.Probe> confirm(MigrationStep step, Attempt attempt) {
    Journal.Probe probe = journal.probe(step.name());
    boolean up = step.direction() == Direction.UP;
    if (probe.executed() != expectedRows || probe.named() == up) {
      Snapshot snapshot = reader.read();
      strangers = snapshot.strangers();
      expectedRows = snapshot.rows().size();
      if (!isStillToDo(step, MigrationState.of(context.registry(), snapshot))) {
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
      state.requireConsistent(context.options().outOfOrder(), reader::everExecuted);
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

  // --- the body

  private End runBody(MigrationStep step, Attempt attempt, Journal.Probe probe) {
    Body body = new Body(step, attempt);
    body.run();
    interrupted |= Thread.interrupted();
    Optional<Failure> failure = body.failure();
    if (failure.isEmpty()) {
      failure = conclude(body, probe);
    }
    if (failure.isEmpty()) {
      expectedRows += step.direction() == Direction.UP ? 1 : -1;
      lastAttempt = Optional.of(attempt);
      return new End.Done(body.duration);
    }
    session.rollbackQuietly();
    inRunTransaction = false;
    return new End.Failed(failure.get());
  }

  /**
   * Says whether an interrupt came during a migration. It is held back until the run has closed its
   * handle: during I/O it would close an embedded H2 database for everybody.
   */
  boolean wasInterrupted() {
    return interrupted;
  }

  /** The user's code, with what is seen of it from outside. */
  private final class Body {
    final MigrationStep step;
    final Attempt attempt;
    Duration duration = Duration.ZERO;
    @Nullable Savepoint mark;
    private String className = "";
    private boolean began;
    private @Nullable Throwable thrown;

    Body(MigrationStep step, Attempt attempt) {
      this.step = step;
      this.attempt = attempt;
    }

    void run() {
      long start = System.nanoTime();
      try {
        JdbiMigration migration = context.registry().create(step.name());
        className = migration.getClass().getName();
        mark = protect(attempt);
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
    }

    Optional<Failure> failure() {
      return thrown == null
          ? Optional.empty()
          : Optional.of(failed(thrown, "", began && isTampered(attempt)));
    }

    Failure failed(@Nullable Throwable cause, String reason, boolean tampered) {
      return new Failure(step, className, Optional.of(attempt), cause, reason, tampered, duration);
    }
  }

  /** Prepares the transaction, if there is one, so that whatever happens to it is noticed. */
  private @Nullable Savepoint protect(Attempt attempt) {
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
  private Optional<Failure> conclude(Body body, Journal.Probe probe) {
    try {
      if (session.isClosed()) {
        return Optional.of(body.failed(null, Messages.closedHandle(), true));
      }
      if (!reopen(body) || !journal.finish(body.attempt, body.duration, probe.remembered())) {
        return Optional.of(body.failed(null, Messages.rolledBackByItself(), true));
      }
      if (!perRun) {
        session.commit();
      }
      return Optional.empty();
    } catch (Throwable e) {
      return Optional.of(body.failed(e, "", false));
    }
  }

  /**
   * Makes sure that a transaction is open to record the migration in, also after one that has ended
   * its own.
   *
   * @return false if the migration has rolled back
   */
  private boolean reopen(Body body) {
    boolean ended =
        switch (body.attempt.mode()) {
          case ATOMIC -> !session.isMarked(body.mark);
          case WITNESSED -> session.isAutoCommit();
          case UNPROTECTED -> true;
        };
    if (!ended) {
      return true;
    }
    inRunTransaction = false;
    if (body.attempt.mode() != Mode.UNPROTECTED) {
      session.commitLeftovers();
      boolean committed = journal.standing(body.attempt).map(Journal.Standing::dirty).orElse(false);
      session.endRead();
      if (!committed) {
        return false;
      }
      context.log().warn(Lines.endedItsTransaction(body.step));
    }
    session.begin();
    inRunTransaction = perRun;
    return true;
  }

  /**
   * Says whether a migration that has thrown had rolled back before: then its own row in the
   * journal is not as the connection should see it.
   */
  private boolean isTampered(Attempt attempt) {
    try {
      return session.handle().isClosed()
          || !journal.standing(attempt).map(Journal.Standing::dirty).orElse(false);
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** The transaction of the run did not commit: its last step stands for all. */
  Failure failureOfCommit(MigrationStep step, RuntimeException cause) {
    return new Failure(step, "", lastAttempt, cause, "", false, Duration.ZERO);
  }

  /** Commits what a run in one transaction has done. */
  void commitRun() {
    if (inRunTransaction) {
      session.commit();
      inRunTransaction = false;
    }
  }
}
