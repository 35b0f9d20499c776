package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import java.time.Duration;
import java.util.Optional;

/** What a run is doing at the moment, and what it has done when it is over. Thread-safe. */
final class Activity implements MigrationListener {

  /**
   * What has not ended.
   *
   * @param step the step; empty while the run waits before its first one
   * @param waiting whether another run keeps it from beginning
   * @param since when it began to run or to wait, in nanoseconds
   */
  record Current(Optional<MigrationStep> step, boolean waiting, long since) {

    Duration elapsed() {
      return Duration.ofNanos(System.nanoTime() - since);
    }
  }

  private volatile Optional<Current> current = Optional.empty();
  private volatile Optional<MigrationResult> result = Optional.empty();

  Optional<Current> current() {
    return current;
  }

  /** What the run did, also when it ended by an exception that does not tell. */
  Optional<MigrationResult> result() {
    return result;
  }

  @Override
  public void beforeMigration(MigrationStep step) {
    current = Optional.of(new Current(Optional.of(step), false, System.nanoTime()));
  }

  @Override
  public void waitingForLock(Duration waited, Optional<String> holder) {
    Optional<MigrationStep> step = current.flatMap(Current::step);
    current = Optional.of(new Current(step, true, System.nanoTime() - waited.toNanos()));
  }

  /** The first line behind a wait says that it is over. */
  void lineLogged() {
    if (current.filter(Current::waiting).isPresent()) {
      current =
          current
              .flatMap(Current::step)
              .map(step -> new Current(Optional.of(step), false, System.nanoTime()));
    }
  }

  @Override
  public void afterMigration(MigrationStep step, MigrationOutcome outcome) {
    current = Optional.empty();
  }

  @Override
  public void runFinished(MigrationResult finished) {
    current = Optional.empty();
    result = Optional.of(finished);
  }
}
