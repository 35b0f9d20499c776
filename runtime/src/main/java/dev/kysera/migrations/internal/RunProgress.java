package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has become of the steps so far. It starts with every step not run, so that whatever ends the
 * run, each step has an outcome.
 */
final class RunProgress {

  private final Direction direction;
  private final List<MigrationOutcome> outcomes = new ArrayList<>();
  private final long startedAt;

  RunProgress(MigrationPlan plan, long startedAt) {
    this.direction = plan.direction();
    this.startedAt = startedAt;
    for (MigrationStep step : plan.steps()) {
      outcomes.add(outcome(step, State.NOT_RUN, Duration.ZERO));
    }
  }

  private static MigrationOutcome outcome(MigrationStep step, State state, Duration duration) {
    return new MigrationOutcome(step.name(), step.direction(), state, duration, Optional.empty());
  }

  MigrationOutcome set(int position, MigrationStep step, State state, Duration duration) {
    MigrationOutcome outcome = outcome(step, state, duration);
    outcomes.set(position, outcome);
    return outcome;
  }

  MigrationOutcome fail(int position, StepFailure failure, Throwable error) {
    MigrationOutcome outcome =
        new MigrationOutcome(
            failure.step().name(),
            failure.step().direction(),
            State.FAILED,
            failure.duration(),
            Optional.of(error));
    outcomes.set(position, outcome);
    return outcome;
  }

  /**
   * Takes back what the rollback of the whole run has undone.
   *
   * @param executed what the history holds now; empty if it cannot be read, when nothing of an
   *     uncommitted run stands
   * @return the names taken back
   */
  List<String> rollBack(Optional<Set<String>> executed) {
    List<String> undone = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      MigrationOutcome outcome = outcomes.get(i);
      boolean up = outcome.direction() == Direction.UP;
      boolean stands = executed.map(names -> names.contains(outcome.name()) == up).orElse(false);
      if (outcome.state() == State.COMPLETED && !stands) {
        undone.add(outcome.name());
        outcomes.set(
            i,
            new MigrationOutcome(
                outcome.name(),
                outcome.direction(),
                State.ROLLED_BACK,
                outcome.duration(),
                Optional.empty()));
      }
    }
    return undone;
  }

  MigrationResult result(boolean dryRun) {
    return new MigrationResult(
        direction, outcomes, Duration.ofNanos(System.nanoTime() - startedAt), dryRun);
  }
}
