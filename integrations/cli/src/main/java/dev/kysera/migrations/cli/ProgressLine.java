package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationStep;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * Shows, while a migration runs, which one it is, for how long it has run, and how long it was
 * estimated to take.
 */
final class ProgressLine implements MigrationListener {

  private static final long PERIOD_MILLIS = 100;

  /** A shorter name tells nothing. */
  private static final int SHORTEST_NAME = 8;

  private final Screen screen;
  private @Nullable Timer timer;
  private @Nullable TimerTask current;

  ProgressLine(Screen screen) {
    this.screen = screen;
  }

  @Override
  public synchronized void beforeMigration(MigrationStep step) {
    if (!screen.canShowProgress()) {
      return;
    }
    long startedAt = System.nanoTime();
    Optional<Duration> estimated =
        step.definition().map(MigrationDefinition::estimated).filter(e -> !e.isZero());
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
            show(this, text(step, elapsed, estimated, screen.columns()));
          }
        };
    current = task;
    if (timer == null) {
      timer = new Timer("migration-progress", true);
    }
    timer.schedule(task, PERIOD_MILLIS, PERIOD_MILLIS);
  }

  @Override
  public synchronized void afterMigration(MigrationStep step, MigrationOutcome outcome) {
    if (current != null) {
      current.cancel();
      current = null;
    }
    screen.eraseProgress();
  }

  /** A task that runs while it is cancelled must not write behind the line that follows. */
  private synchronized void show(TimerTask task, String text) {
    if (current == task) {
      screen.progress(text);
    }
  }

  /**
   * One line that fits: a terminal breaks one that is as wide as itself. The time stays when the
   * name has to be cut.
   */
  static String text(
      MigrationStep step, Duration elapsed, Optional<Duration> estimated, int columns) {
    String time = "  " + seconds(elapsed) + estimated.map(e -> " of ~" + seconds(e)).orElse("");
    int room = columns - 1 - time.length();
    String name = step.name();
    if (name.length() > room) {
      name = room < SHORTEST_NAME ? "" : name.substring(0, room - 1) + "…";
    }
    String line = (name + time).strip();
    return line.length() < columns ? line : "";
  }

  private static String seconds(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 60 ? seconds + "s" : "%dm%02ds".formatted(seconds / 60, seconds % 60);
  }
}
