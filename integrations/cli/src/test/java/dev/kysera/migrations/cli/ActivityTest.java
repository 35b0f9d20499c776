package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationStep;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActivityTest {

  private static final MigrationStep STEP =
      new MigrationStep("001_a", Direction.UP, Optional.empty());

  private final Activity activity = new Activity();

  private String state() {
    return activity
        .current()
        .map(c -> c.step().map(MigrationStep::name).orElse("-") + (c.waiting() ? " waits" : ""))
        .orElse("nothing");
  }

  @Test
  void aStep_waitsUntilALineSaysThatItBegins() {
    activity.beforeMigration(STEP);
    assertThat(state()).isEqualTo("001_a");
    activity.waitingForLock(Duration.ofSeconds(1), Optional.empty());
    assertThat(state()).isEqualTo("001_a waits");
    assertThat(activity.current().orElseThrow().elapsed()).isGreaterThan(Duration.ofMillis(999));
    activity.lineLogged();
    assertThat(state()).isEqualTo("001_a");
    activity.lineLogged();
    assertThat(state()).isEqualTo("001_a");
    activity.afterMigration(
        STEP,
        new MigrationOutcome(
            "001_a",
            Direction.UP,
            MigrationOutcome.State.COMPLETED,
            Duration.ZERO,
            Optional.empty()));
    assertThat(state()).isEqualTo("nothing");
  }

  @Test
  void aRun_waitsBeforeItsFirstStep() {
    activity.waitingForLock(Duration.ofSeconds(1), Optional.empty());
    assertThat(state()).isEqualTo("- waits");
    activity.lineLogged();
    assertThat(state()).isEqualTo("nothing");
  }
}
