package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every verb that changes the database can be told. */
final class RunOptions {

  @Option(names = "--dry-run", description = "Only tell what would be done.")
  private boolean dryRun;

  @Option(
      names = "--lock-timeout",
      paramLabel = "TIME",
      description = "How long to wait for another run, such as 30s, 5m; 0s fails at once.")
  private @Nullable Duration lockTimeout;

  boolean isDryRun() {
    return dryRun;
  }

  MigrationOptions.Builder applyTo(MigrationOptions.Builder builder) {
    if (lockTimeout != null) {
      builder.lockTimeout(lockTimeout);
    }
    return builder.dryRun(dryRun);
  }
}
