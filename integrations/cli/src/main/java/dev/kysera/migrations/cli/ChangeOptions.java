package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationOptions;
import picocli.CommandLine.Option;

/** What a verb makes of migrations that were edited after they were executed. */
final class ChangeOptions {

  @Option(
      names = "--fail-on-changed",
      description = "Fail if an executed migration was edited; without, warn.")
  private boolean failOnChanged;

  /** What the application itself has set stays. */
  MigrationOptions.Builder applyTo(MigrationOptions.Builder builder) {
    return failOnChanged ? builder.failOnChanged(true) : builder;
  }
}
