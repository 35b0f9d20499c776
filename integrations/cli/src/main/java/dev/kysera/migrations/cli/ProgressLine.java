package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationStep;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Shows, while a migration runs, which one it is, for how long it has run, and how long it was
 * estimated to take.
 */
final class ProgressLine {

  private static final long PERIOD_MILLIS = 100;

  /** A shorter name tells nothing. */
  private static final int SHORTEST_NAME = 8;

  private final Timer timer = new Timer("migration-progress", true);
  private final Screen screen;

  private ProgressLine(Screen screen) {
    this.screen = screen;
  }

  /** Begins to show, if anybody looks, what goes on. */
  static ProgressLine show(Activity activity, Screen screen) {
    ProgressLine line = new ProgressLine(screen);
    if (screen.canShowProgress()) {
      TimerTask draw =
          new TimerTask() {
            @Override
            public void run() {
              screen.progress(
                  () -> activity.current().map(c -> text(c, screen.columns())).orElse(""));
            }
          };
      line.timer.schedule(draw, PERIOD_MILLIS, PERIOD_MILLIS);
    }
    return line;
  }

  void end() {
    timer.cancel();
    screen.endProgress();
  }

  /**
   * One line that fits: a terminal breaks one that is as wide as itself. The time stays when the
   * name has to be cut.
   */
  private static String text(Activity.Current current, int columns) {
    Optional<Duration> estimated =
        current
            .step()
            .flatMap(MigrationStep::definition)
            .map(MigrationDefinition::estimated)
            .filter(time -> !time.isZero());
    String time = time(current.elapsed(), current.waiting() ? Optional.empty() : estimated);
    return text(
        current.step().map(MigrationStep::name).orElse(""),
        current.waiting() ? "waits for another run, " + time : time,
        columns);
  }

  static String text(String name, String state, int columns) {
    int room = columns - 1 - "  ".length() - state.length();
    String shown = name;
    if (name.length() > room) {
      shown = room < SHORTEST_NAME ? "" : name.substring(0, room - 1) + "…";
    }
    String line = (shown + "  " + state).strip();
    return line.length() < columns ? line : "";
  }

  static String time(Duration elapsed, Optional<Duration> estimated) {
    return seconds(elapsed) + estimated.map(e -> " of ~" + seconds(e)).orElse("");
  }

  private static String seconds(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 60 ? seconds + "s" : "%dm%02ds".formatted(seconds / 60, seconds % 60);
  }
}
