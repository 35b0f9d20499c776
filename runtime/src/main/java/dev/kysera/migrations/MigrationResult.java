package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import dev.kysera.migrations.MigrationOutcome.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one run did.
 *
 * @param direction the direction of the verb; {@code redo} is {@link Direction#UP} and its outcomes
 *     have both
 * @param outcomes one for each planned step, in the order of the plan
 * @param duration how long the run took
 * @param dryRun whether it was a dry run, which changes nothing
 */
public record MigrationResult(
    Direction direction, List<MigrationOutcome> outcomes, Duration duration, boolean dryRun) {

  /** Creates a result with a copy of the outcomes. */
  public MigrationResult {
    requireNonNull(direction, "direction");
    requireNonNull(duration, "duration");
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Returns the migrations that ran, up or down, in the order of doing.
   *
   * @return names
   */
  public List<String> completed() {
    return names(State.COMPLETED);
  }

  /**
   * Returns the migrations that were passed over.
   *
   * @return names
   */
  public List<String> skipped() {
    return names(State.SKIPPED);
  }

  /**
   * Returns the migrations that a dry run would have run.
   *
   * @return names
   */
  public List<String> planned() {
    return names(State.PLANNED);
  }

  /**
   * Returns the migrations that did not run because an earlier one failed.
   *
   * @return names
   */
  public List<String> notRun() {
    return names(State.NOT_RUN);
  }

  /**
   * Returns the step that failed.
   *
   * @return the outcome, empty if none failed
   */
  public Optional<MigrationOutcome> failed() {
    return outcomes.stream().filter(o -> o.state() == State.FAILED).findFirst();
  }

  private List<String> names(State state) {
    return outcomes.stream().filter(o -> o.state() == state).map(MigrationOutcome::name).toList();
  }
}
