package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that a run is going to do.
 *
 * @param name the name of the migration
 * @param direction up or down
 * @param definition what is known of it; empty if it is not in the code
 */
public record MigrationStep(
    String name, Direction direction, Optional<MigrationDefinition> definition) {

  /** Creates a step from all its parts. */
  public MigrationStep {
    requireNonNull(name, "name");
    requireNonNull(direction, "direction");
    requireNonNull(definition, "definition");
  }
}
