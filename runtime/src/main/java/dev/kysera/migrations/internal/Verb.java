package dev.kysera.migrations.internal;

import dev.kysera.migrations.ConcurrentChangeException;
import dev.kysera.migrations.Direction;
import dev.kysera.migrations.IrreversibleMigrationException;
import dev.kysera.migrations.IrreversiblePolicy;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.UnknownMigrationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a user asks for: which steps it means in a state, and what is said before and after them.
 * Pure.
 */
public sealed interface Verb {

  /** The direction of the verb as a whole. */
  Direction direction();

  /** Whether it runs what is pending, so that the history must fit the code. */
  default boolean goesUp() {
    return false;
  }

  /** Refuses arguments that no state can make right. */
  default void requireValid(Registry registry) {}

  /** Plans the steps, those that will be skipped included. Throws where one must be refused. */
  MigrationPlan plan(MigrationState state, IrreversiblePolicy policy);

  /** What is said before the first step, empty for nothing. */
  default String opening(MigrationPlan plan) {
    return "";
  }

  /** What is said when there was nothing to do. */
  String nothingToDo(MigrationState state);

  /** What is said at the end of a run that did what it was asked for. */
  String ending(MigrationResult result);

  /** A verb that only goes down. */
  sealed interface Descent extends Verb {

    @Override
    default Direction direction() {
      return Direction.DOWN;
    }

    @Override
    default String nothingToDo(MigrationState state) {
      return Lines.NOTHING_TO_ROLL_BACK;
    }

    @Override
    default String ending(MigrationResult result) {
      return rolledBack(result);
    }
  }

  /** Runs everything that is pending. */
  record Up() implements Verb {

    @Override
    public boolean goesUp() {
      return true;
    }

    @Override
    public Direction direction() {
      return Direction.UP;
    }

    @Override
    public MigrationPlan plan(MigrationState state, IrreversiblePolicy policy) {
      return new MigrationPlan(
          Direction.UP,
          state.pending().stream().map(d -> step(state, d.name(), Direction.UP)).toList());
    }

    @Override
    public String nothingToDo(MigrationState state) {
      return Lines.NO_PENDING;
    }

    @Override
    public String ending(MigrationResult result) {
      int completed = result.completed().size();
      return completed == 0 ? Lines.NO_PENDING : Lines.completed(completed);
    }
  }

  /**
   * Runs what is pending up to a migration.
   *
   * @param target the last one to run
   */
  record UpTo(String target) implements Verb {

    @Override
    public boolean goesUp() {
      return true;
    }

    @Override
    public Direction direction() {
      return Direction.UP;
    }

    @Override
    public void requireValid(Registry registry) {
      requireKnown(target, registry);
    }

    @Override
    public MigrationPlan plan(MigrationState state, IrreversiblePolicy policy) {
      int last = state.registry().position(target);
      return new MigrationPlan(
          Direction.UP,
          state.pending().stream()
              .filter(d -> state.registry().position(d.name()) <= last)
              .map(d -> step(state, d.name(), Direction.UP))
              .toList());
    }

    @Override
    public String nothingToDo(MigrationState state) {
      return state.pending().isEmpty() ? Lines.NO_PENDING : Lines.migratedUpTo(target);
    }

    @Override
    public String ending(MigrationResult result) {
      return Lines.migratedUpTo(target);
    }
  }

  /**
   * Goes down from the last executed migration.
   *
   * @param steps how many, at least 1
   */
  record Down(int steps) implements Descent {

    @Override
    public MigrationPlan plan(MigrationState state, IrreversiblePolicy policy) {
      List<String> executed = state.executed();
      return down(
          state, executed.subList(Math.max(0, executed.size() - steps), executed.size()), policy);
    }
  }

  /**
   * Goes down until a migration is the last executed one.
   *
   * @param target the one that stays executed
   */
  record DownTo(String target) implements Descent {

    @Override
    public void requireValid(Registry registry) {
      requireKnown(target, registry);
    }

    @Override
    public MigrationPlan plan(MigrationState state, IrreversiblePolicy policy) {
      if (!state.isExecuted(target)) {
        throw new UnknownMigrationException(target, Messages.pendingName(target));
      }
      List<String> executed = state.executed();
      return down(state, executed.subList(executed.indexOf(target) + 1, executed.size()), policy);
    }

    @Override
    public String nothingToDo(MigrationState state) {
      return Lines.lastAlready(target);
    }
  }

  /** Goes down for everything. */
  record Reset() implements Descent {

    @Override
    public MigrationPlan plan(MigrationState state, IrreversiblePolicy policy) {
      return down(state, state.executed(), policy);
    }

    @Override
    public String opening(MigrationPlan plan) {
      return Lines.resetting(plan.steps().size());
    }

    @Override
    public String ending(MigrationResult result) {
      return result.skipped().isEmpty() ? Lines.ALL_RESET : rolledBack(result);
    }
  }

  /** Goes down from the last executed migration and up to it again. */
  record Redo() implements Verb {

    @Override
    public Direction direction() {
      return Direction.UP;
    }

    @Override
    public MigrationPlan plan(MigrationState state, IrreversiblePolicy policy) {
      List<String> executed = state.executed();
      if (executed.isEmpty()) {
        return new MigrationPlan(Direction.UP, List.of());
      }
      String last = executed.get(executed.size() - 1);
      MigrationStep back = step(state, last, Direction.DOWN);
      if (isSkipped(back)) {
        throw new IrreversibleMigrationException(Messages.irreversible(List.of(back)));
      }
      return new MigrationPlan(Direction.UP, List.of(back, step(state, last, Direction.UP)));
    }

    @Override
    public String nothingToDo(MigrationState state) {
      return Lines.NOTHING_TO_ROLL_BACK;
    }

    @Override
    public String ending(MigrationResult result) {
      return Lines.redone(result.outcomes().get(0).name());
    }
  }

  /**
   * Goes down from one migration that must be the last executed, but for those that would be
   * skipped.
   *
   * @param target the one to undo
   */
  record DownOne(String target) implements Descent {

    @Override
    public MigrationPlan plan(MigrationState state, IrreversiblePolicy policy) {
      List<String> executed = state.executed();
      int position = executed.indexOf(target);
      List<String> above = executed.subList(position + 1, executed.size());
      boolean covered =
          above.stream().anyMatch(name -> !isSkipped(step(state, name, Direction.DOWN)));
      if (position < 0 || covered) {
        throw new ConcurrentChangeException(
            Messages.topChanged(target, position < 0 ? "" : executed.get(executed.size() - 1)));
      }
      return down(state, executed.subList(position, executed.size()), IrreversiblePolicy.SKIP);
    }
  }

  /** Says whether a step cannot be done: the way back is missing, or the migration itself. */
  static boolean isSkipped(MigrationStep step) {
    return step.direction() == Direction.DOWN
        && !step.definition().map(definition -> definition.reversible()).orElse(false);
  }

  private static MigrationStep step(MigrationState state, String name, Direction direction) {
    return new MigrationStep(name, direction, state.registry().find(name));
  }

  /** Plans to undo those executed migrations, the last one first. */
  private static MigrationPlan down(
      MigrationState state, List<String> executed, IrreversiblePolicy policy) {
    List<String> reversed = new ArrayList<>(executed);
    Collections.reverse(reversed);
    List<MigrationStep> steps =
        reversed.stream().map(name -> step(state, name, Direction.DOWN)).toList();
    List<MigrationStep> refused = steps.stream().filter(Verb::isSkipped).toList();
    if (policy == IrreversiblePolicy.REFUSE && !refused.isEmpty()) {
      throw new IrreversibleMigrationException(Messages.irreversible(refused));
    }
    return new MigrationPlan(Direction.DOWN, steps);
  }

  private static String rolledBack(MigrationResult result) {
    int completed = result.completed().size();
    int skipped = result.skipped().size();
    return skipped == 0 ? Lines.rolledBack(completed) : Lines.rolledBack(completed, skipped);
  }

  private static void requireKnown(String name, Registry registry) {
    if (!registry.contains(name)) {
      throw new UnknownMigrationException(name, Messages.unknownName(name, registry.names()));
    }
  }
}
