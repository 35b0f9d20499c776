package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import java.util.Optional;

/** Says what was going on when the process is told to end in the middle of a run. */
final class SignalNotice implements MigrationListener {

  private final Screen screen;
  private final Thread hook = new Thread(this::tell, "migration-signal-notice");
  private volatile Optional<MigrationStep> current = Optional.empty();

  SignalNotice(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void runStarted(MigrationPlan plan) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and nothing has begun.
    }
  }

  @Override
  public void beforeMigration(MigrationStep step) {
    current = Optional.of(step);
  }

  @Override
  public void afterMigration(MigrationStep step, MigrationOutcome outcome) {
    current = Optional.empty();
  }

  @Override
  public void runFinished(MigrationResult result) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends; the hook has told what it has to tell.
    }
  }

  private void tell() {
    screen.line(
        current
            .map(
                step ->
                    "✗ The process was told to end while "
                        + step.name()
                        + " was running. What is completed is recorded; call diagnose to see what"
                        + " became of that one.")
            .orElse(
                "✗ The process was told to end between two migrations. What is completed is"
                    + " recorded; the rest is pending."));
  }
}
