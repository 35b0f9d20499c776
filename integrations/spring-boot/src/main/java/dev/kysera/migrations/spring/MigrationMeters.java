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
 * kysera.migrations.run} one for whole runs, and {@code kysera.migrations.lock.wait} counts the
 * seconds that runs have waited for others. The registry is asked for when there is something to
 * measure, since it must not be made before the schema only because of this.
 */
final class MigrationMeters implements MigrationListener {

  private final ObjectProvider<MeterRegistry> registry;

  /** How long the present wait had taken when it was told of last. */
  private Duration told = Duration.ZERO;

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
    Duration since = waited.compareTo(told) < 0 ? waited : waited.minus(told);
    told = waited;
    registry.ifAvailable(
        meters ->
            meters.counter("kysera.migrations.lock.wait").increment(since.toMillis() / 1000.0));
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
