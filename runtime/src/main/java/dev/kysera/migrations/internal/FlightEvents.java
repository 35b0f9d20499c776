package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import java.util.Optional;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * What a run writes into a flight recording, if one is made. Messages of errors are left out, since
 * they may hold what belongs into no recording.
 */
final class FlightEvents implements MigrationListener {

  private static final String GROUP = "Kysera Migrations";

  /** Some runtime images have no flight recorder. */
  private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  /** A run that had something to do. */
  @Name("dev.kysera.migrations.Run")
  @Label("Migration Run")
  @Category(GROUP)
  @Description("A run of migrations that had something to do")
  @StackTrace(false)
  static final class Run extends Event {
    @Label("Direction")
    @Nullable String direction;

    @Label("Completed")
    int completed;

    @Label("Skipped")
    int skipped;

    @Label("Not Run")
    int notRun;

    @Label("Failed")
    @Description("The migration that failed, if one did")
    @Nullable String failed;
  }

  /** One migration, up or down. */
  @Name("dev.kysera.migrations.Migration")
  @Label("Migration")
  @Category(GROUP)
  @Description("A migration that has run")
  @StackTrace(false)
  static final class Migration extends Event {
    @Label("Migration")
    @Nullable String migration;

    @Label("Direction")
    @Nullable String direction;

    @Label("Outcome")
    @Nullable String outcome;

    @Label("Error")
    @Description("The class of what it has thrown, if it has")
    @Nullable String error;
  }

  /** A wait for another run. */
  @Name("dev.kysera.migrations.LockWait")
  @Label("Wait for Another Run")
  @Category(GROUP)
  @Description("A run has waited until another one, or another writer, was done")
  @StackTrace(false)
  static final class LockWait extends Event {
    @Label("Waiter")
    @Nullable String waiter;

    @Label("Holder")
    @Description("Who was waited for, where the database tells")
    @Nullable String holder;

    @Label("Granted")
    @Description("Whether the wait ended before its time was up")
    boolean granted;
  }

  private Run run = new Run();
  private Migration migration = new Migration();

  private FlightEvents() {}

  /** Writes the events of one run, if a recording has been made in this process. */
  static Optional<MigrationListener> ofRun() {
    return isRecording() ? Optional.of(new FlightEvents()) : Optional.empty();
  }

  /** The first event of a process costs 80 ms, also when nobody records it. */
  private static boolean isRecording() {
    return AVAILABLE && FlightRecorder.isInitialized();
  }

  /**
   * Begins a wait.
   *
   * @return what {@link #endWait} takes; empty if nobody records
   */
  static Optional<Object> beginWait() {
    if (!isRecording()) {
      return Optional.empty();
    }
    LockWait wait = new LockWait();
    wait.begin();
    return Optional.of(wait);
  }

  static void endWait(Object begun, String waiter, Optional<String> holder, boolean granted) {
    LockWait wait = (LockWait) begun;
    wait.end();
    if (wait.shouldCommit()) {
      wait.waiter = waiter;
      wait.holder = holder.orElse(null);
      wait.granted = granted;
      wait.commit();
    }
  }

  @Override
  public void runStarted(MigrationPlan plan) {
    run = new Run();
    run.begin();
  }

  @Override
  public void beforeMigration(MigrationStep step) {
    migration = new Migration();
    migration.begin();
  }

  @Override
  public void afterMigration(MigrationStep step, MigrationOutcome outcome) {
    migration.end();
    if (migration.shouldCommit()) {
      migration.migration = step.name();
      migration.direction = step.direction().name();
      migration.outcome = outcome.state().name();
      migration.error = outcome.error().map(e -> e.getClass().getName()).orElse(null);
      migration.commit();
    }
  }

  @Override
  public void runFinished(MigrationResult result) {
    run.end();
    if (!result.dryRun() && run.shouldCommit()) {
      run.direction = result.direction().name();
      run.completed = result.completed().size();
      run.skipped = result.skipped().size();
      run.notRun = result.notRun().size();
      run.failed = result.failed().map(MigrationOutcome::name).orElse(null);
      run.commit();
    }
  }
}
