package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.InconsistentHistoryException;
import dev.kysera.migrations.InterruptedMigrationException;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationLockException;
import dev.kysera.migrations.MigrationOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Says whether the database is what the code expects: everything executed, nothing open, nothing
 * that does not fit. Reads only.
 */
public final class UpToDateCheck {

  private static final String WAITER = "The check";

  private final Jdbi jdbi;
  private final RunContext context;
  private boolean warned;

  /**
   * Prepares a check. Nothing is opened yet.
   *
   * @param jdbi opens a handle for each look
   * @param registry the migrations of the code
   * @param options where the tables are
   */
  public UpToDateCheck(Jdbi jdbi, Registry registry, MigrationOptions options) {
    this.jdbi = jdbi;
    this.context = RunContext.of(registry, options);
  }

  /** Looks once, and throws a report unless all is well. */
  public void check() {
    Optional<Finding> finding = look();
    if (finding.isPresent()) {
      throw finding.get().toException(Messages.notUpToDate(finding.get().lines()));
    }
  }

  /** Looks until all is well, what is wrong needs a person, or the time is over. */
  public void await(Duration timeout) {
    try (LockWait wait = new LockWait(timeout, context.log(), context.listeners())) {
      await(timeout, wait);
    }
    context.log().report(Lines.UP_TO_DATE);
  }

  private void await(Duration timeout, LockWait wait) {
    Optional<Finding> look = look();
    while (look.isPresent()) {
      Finding finding = look.get();
      if (finding.needsPerson()) {
        throw finding.toException(Messages.notUpToDate(finding.lines()));
      }
      if (wait.isOver()) {
        throw finding.toException(Messages.notUpToDateInTime(timeout, finding.lines()));
      }
      wait.pauseForPending(WAITER, finding.holder(), finding.state().pending().size());
      look = look();
    }
  }

  /** Returns what is wrong, empty if all is well. */
  private Optional<Finding> look() {
    return jdbi.withHandle(
        handle -> {
          Session session = Session.on(handle);
          return FirstLook.findsAllExecuted(session, context.registry(), context.options())
              ? Optional.<Finding>empty()
              : Optional.of(lookAtAll(session)).filter(finding -> !finding.isUpToDate());
        });
  }

  private Finding lookAtAll(Session session) {
    HistoryReader reader = new HistoryReader(session, context.registry(), context.options());
    Snapshot snapshot = context.waiting(wait -> reader.read(WAITER, wait));
    Optional<AttemptCondition> condition =
        snapshot
            .open()
            .flatMap(
                open ->
                    AttemptCondition.of(
                        open, new OpenSlot(session, new Journal(session, reader.tables()))));
    MigrationState state = MigrationState.of(context.registry(), snapshot);
    List<String> outOfOrder =
        context.options().outOfOrder()
            ? List.of()
            : state.outOfOrder(
                names -> snapshot.presence().journal() ? reader.everExecuted(names) : Set.of());
    session.endRead();
    warnOfChanged(state);
    return new Finding(
        snapshot.open(),
        condition,
        state,
        outOfOrder,
        context.options().failOnChanged() ? state.changed() : List.of(),
        session.dialect(),
        context.registry());
  }

  /** Once, however often it is looked; an edit alone does not make the database another one. */
  private void warnOfChanged(MigrationState state) {
    if (!context.options().failOnChanged() && !warned) {
      state.changed().forEach(name -> context.log().warn(Lines.changed(name)));
      warned = true;
    }
  }

  /**
   * What one look has found.
   *
   * @param open the open attempt
   * @param condition what that attempt is, empty if none is open any more
   * @param state code and history
   * @param outOfOrder the pending names that are out of order
   * @param changed the changed names that are not tolerated
   */
  private record Finding(
      Optional<OpenAttempt> open,
      Optional<AttemptCondition> condition,
      MigrationState state,
      List<String> outOfOrder,
      List<String> changed,
      Dialect dialect,
      Registry registry) {

    boolean isUpToDate() {
      return condition.isEmpty()
          && state.pending().isEmpty()
          && state.unknownInside().isEmpty()
          && changed.isEmpty();
    }

    private boolean isInconsistent() {
      return !state.unknownInside().isEmpty() || !outOfOrder.isEmpty() || !changed.isEmpty();
    }

    boolean needsPerson() {
      return isInconsistent()
          || (condition.filter(AttemptCondition::needsDecision).isPresent() && !isRunAgainByUp());
    }

    private boolean isRunAgainByUp() {
      return registry.mayRunAgain(open)
          && open.filter(attempt -> attempt.direction() == Direction.UP).isPresent();
    }

    Optional<String> holder() {
      return condition.flatMap(c -> open).map(OpenAttempt::owner);
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      condition.ifPresent(
          c ->
              lines.add(
                  Messages.openAttempt(
                      open.orElseThrow(), c, registry.mayRunAgain(open), dialect)));
      lines.addAll(state.unknownInsideTexts());
      lines.addAll(state.outOfOrderTexts(outOfOrder));
      changed.forEach(name -> lines.add(Messages.changed(name)));
      List<String> misplaced = Messages.withoutRenamed(outOfOrder, state.unknownInside());
      for (MigrationDefinition definition : state.pending()) {
        if (!misplaced.contains(definition.name())) {
          lines.add(Messages.pending(definition.name()));
        }
      }
      return lines;
    }

    /** The gravest finding decides the type; the text holds them all. */
    MigrationException toException(String text) {
      if (condition.filter(AttemptCondition::needsDecision).isPresent()) {
        OpenAttempt attempt = open.orElseThrow();
        return new InterruptedMigrationException(attempt.name(), attempt.id(), text);
      }
      if (isInconsistent()) {
        return new InconsistentHistoryException(text);
      }
      return condition.filter(AttemptCondition::mayBeRunning).isPresent()
          ? new MigrationLockException(holder(), text)
          : new MigrationException(text);
    }
  }
}
