package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a run is going to do.
 *
 * @param direction the direction of the verb; {@code redo} is {@link Direction#UP} and its steps
 *     have both
 * @param steps the steps in order, those that will be skipped included; empty if there is nothing
 *     to do
 */
public record MigrationPlan(Direction direction, List<MigrationStep> steps) {

  /** Creates a plan with a copy of the steps. */
  public MigrationPlan {
    requireNonNull(direction, "direction");
    steps = List.copyOf(steps);
  }
}
