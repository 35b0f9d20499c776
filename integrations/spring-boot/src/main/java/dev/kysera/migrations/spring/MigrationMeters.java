package dev.kysera.migrations.spring;

import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Measures runs: {@code kysera.migrations.migration} is a timer for each migration, {@code
 * kysera.migrations.run} one for whole runs, and {@code kysera.migrations.lock.wait} the time that
 * the last wait for another run has taken so far. The registry is asked for when there is something
 * to measure, since it must not be made before the schema only because of this.
 */
final class MigrationMeters implements MigrationListener {

  private final ObjectProvider<MeterRegistry> registry;

  MigrationMeters(ObjectProvider<MeterRegistry> registry) {
    this.registry = registry;
  }

  @Override
  public void afterMigration(MigrationStep step, MigrationOutcome outcome) {
    registry.ifAvailable(
        meters ->
            meters
                .timer(
                    "kysera.migrations.migration",
                    "name",
                    step.name(),
                    "direction",
                    tag(step.direction()),
                    "outcome",
                    tag(outcome.state()))
                .record(outcome.duration()));
  }

  @Override
  public void runFinished(MigrationResult result) {
    registry.ifAvailable(
        meters ->
            meters
                .timer(
                    "kysera.migrations.run",
                    "direction",
                    tag(result.direction()),
                    "outcome",
                    result.failed().isPresent() ? "failed" : "completed")
                .record(result.duration()));
  }

  @Override
  public void waitingForLock(Duration waited, Optional<String> holder) {
    registry.ifAvailable(meters -> meters.timer("kysera.migrations.lock.wait").record(waited));
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
