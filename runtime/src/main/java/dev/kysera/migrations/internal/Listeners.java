package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The listeners of a run. What one throws before a migration reaches the caller, as a veto; what
 * one throws later is logged.
 */
final class Listeners {

  private final List<MigrationListener> listeners;
  private final RunLog log;

  /** Made when a run begins: a start with nothing to do loads nothing of it. */
  private Optional<MigrationListener> recorder = Optional.empty();

  Listeners(List<MigrationListener> listeners, RunLog log) {
    this.listeners = listeners;
    this.log = log;
  }

  /** The recorder comes first: a veto of another listener ends what it has begun. */
  void runStarted(MigrationPlan plan) {
    recorder = FlightEvents.ofRun();
    recorder.ifPresent(flight -> flight.runStarted(plan));
    listeners.forEach(listener -> listener.runStarted(plan));
  }

  void beforeMigration(MigrationStep step) {
    recorder.ifPresent(flight -> flight.beforeMigration(step));
    listeners.forEach(listener -> listener.beforeMigration(step));
  }

  void afterMigration(MigrationStep step, MigrationOutcome outcome) {
    tell("afterMigration", listener -> listener.afterMigration(step, outcome));
  }

  void runFinished(MigrationResult result) {
    tell("runFinished", listener -> listener.runFinished(result));
  }

  void waitingForLock(Duration waited, Optional<String> holder) {
    tell("waitingForLock", listener -> listener.waitingForLock(waited, holder));
  }

  private void tell(String event, Consumer<MigrationListener> call) {
    recorder.ifPresent(call);
    for (MigrationListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (Throwable e) {
        log.fault("⚠️ A listener has thrown in " + event + ", ignored", e);
      }
    }
  }
}
