package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.annotation.internal.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every line that a run logs. */
final class Lines {

  static final String DRY_RUN = "🔍 DRY RUN - No changes will be made";
  static final String NO_PENDING = "✅ No pending migrations";
  static final String UP_TO_DATE = "✅ The database is up to date";
  static final String NOTHING_TO_ROLL_BACK = "⚠️ No executed migrations to roll back";
  static final String ALL_RESET = "✅ All migrations reset";
  static final String BREAKING = "  ⚠️ BREAKING CHANGE - review before proceeding";
  static final String EMPTY_REGISTRY =
      "⚠️ The registry is empty: no class is annotated with @Migration, or none was added";

  static final String SQLITE_IN_MEMORY =
      "⚠️ This SQLite database lives in memory: it ends with its connection, and every other"
          + " connection has one of its own";
  static final String H2_IN_MEMORY =
      "⚠️ This H2 database lives in memory and ends with its last connection: add"
          + " ;DB_CLOSE_DELAY=-1 to its URL to keep it";

  static final String SIGN_OF_LIFE_LOST =
      "⚠️ This run gave back a lock that its session did not hold any more: a connection pooler lends"
          + " sessions for one transaction at a time, or a migration has released it";

  private Lines() {}

  static String alreadyExecuted(int count) {
    return "✓ " + migrations(count) + " already executed";
  }

  private static String alreadyExecuted(String name) {
    return "✓ " + Printable.of(name) + " (already executed)";
  }

  static List<String> alreadyExecuted(List<String> names) {
    return names.stream().map(Lines::alreadyExecuted).toList();
  }

  static String newer(String name) {
    return "⚠️ "
        + Printable.of(name)
        + " is executed and newer than every migration in the code: an older build is running, or"
        + " its class was removed; tolerated";
  }

  static String changed(String name) {
    return "⚠️ "
        + Printable.of(name)
        + " has changed since it was executed: the database holds what it was then. Undo the edit,"
        + " or, if it is right as it is now, say so by runner.maintenance().accept("
        + Printable.quoted(name)
        + ", \"why\")";
  }

  static String renamed(HistoryRow row) {
    return "✎ "
        + Printable.of(row.storedName())
        + " is now "
        + Printable.of(row.name())
        + " in the history";
  }

  static String wouldRename(HistoryRow row) {
    return "✎ Would rename "
        + Printable.of(row.storedName())
        + " to "
        + Printable.of(row.name())
        + " in the history";
  }

  static String accepted(String name) {
    return "✅ " + Printable.of(name) + " is accepted as it is in the code now";
  }

  static String acceptedAlready(String name) {
    return "✅ " + Printable.of(name) + " is recorded as it is in the code now already";
  }

  static String wouldAccept(String name) {
    return "🔍 Would accept " + Printable.of(name) + " as it is in the code now";
  }

  static String retrying(MigrationStep step, String error, int retry, int most) {
    return "↻ %s was rolled back: %s; trying again (%d of %d)"
        .formatted(step.name(), error, retry, most);
  }

  static String running(MigrationStep step) {
    return step.direction() == Direction.UP
        ? "↑ Running " + step.name() + "..."
        : "↓ Rolling back " + step.name() + "...";
  }

  static String would(MigrationStep step) {
    return step.direction() == Direction.UP
        ? "↑ Would run " + step.name()
        : "↓ Would roll back " + step.name();
  }

  static String description(MigrationDefinition definition) {
    return "  Description: " + Printable.of(definition.description());
  }

  static String estimated(MigrationDefinition definition) {
    long millis = definition.estimated().toMillis();
    return "  Estimated: "
        + (millis < 1000 ? millis + "ms" : String.format(Locale.ROOT, "%.1fs", millis / 1000.0));
  }

  static String done(MigrationStep step, Duration duration) {
    return "✓ %s %s (%d ms)"
        .formatted(
            step.name(),
            step.direction() == Direction.UP ? "completed" : "rolled back",
            duration.toMillis());
  }

  static String failed(MigrationStep step, String message) {
    return "✗ %s %s: %s"
        .formatted(
            step.name(), step.direction() == Direction.UP ? "failed" : "rollback failed", message);
  }

  static String doneButStopped(MigrationStep step, String message) {
    return "⚠️ %s is %s, but the run cannot go on: %s"
        .formatted(
            step.name(), step.direction() == Direction.UP ? "executed" : "rolled back", message);
  }

  static String skipped(MigrationStep step) {
    return "⚠️ "
        + Printable.of(step.name())
        + (step.definition().isEmpty()
            ? " is not in the code, skipped"
            : " has no down method, skipped");
  }

  static String doneByAnotherRun(MigrationStep step) {
    return "✓ " + step.name() + " was executed by another run meanwhile";
  }

  static String endedItsTransaction(MigrationStep step) {
    return "⚠️ "
        + step.name()
        + " has committed by itself; it is recorded as done, but it could not have been rolled back";
  }

  static String rolledBackTogether(List<String> names) {
    return "⚠️ Rolled back with it: " + String.join(", ", names);
  }

  static String stopped(int completed, int notRun) {
    return "✗ The run stopped: %d completed, %d not run".formatted(completed, notRun);
  }

  /** An attempt that is running or was left, above the report of the status. */
  static String openAttempt(OpenAttempt attempt, AttemptCondition condition) {
    String what =
        "%s of %s by %s, attempt %s"
            .formatted(
                attempt.direction(),
                Printable.of(attempt.name()),
                Printable.of(attempt.owner()),
                attempt.id());
    return switch (condition) {
      case RUNNING -> "▶ Running: " + what;
      case RUNNING_OR_INTERRUPTED -> "❌ Running or interrupted: " + what;
      case INTERRUPTED_CLEAN ->
          "❌ Interrupted: " + what + "; nothing of it was committed, the next run clears it away";
      case INTERRUPTED -> "❌ Interrupted, may be half done: " + what;
      case FAILED -> "❌ Failed, may be half done: " + what;
    };
  }

  static String waiting(Duration waited, Optional<String> holder) {
    return "⏳ Waiting for %s, %d s so far"
        .formatted(
            holder
                .map(h -> "another run (" + Printable.of(h) + ")")
                .orElse("another run or another writer"),
            waited.toSeconds());
  }

  /** The values that are bound to the statement are not in its text. */
  static String heartbeat(
      MigrationStep step, Optional<String> sql, Duration elapsed, Optional<String> more) {
    return "⏳ "
        + step.name()
        + (sql.isEmpty() ? " has been at work for " : ": a statement has been running for ")
        + elapsed.toSeconds()
        + " s"
        + sql.map(text -> ": " + Printable.quoted(text.strip().replaceAll("\\s+", " "))).orElse("")
        + more.map(text -> "; " + Printable.of(text)).orElse("");
  }

  static String waitingForPending(Duration waited, int pending) {
    return "⏳ Waiting until %s executed, %d s so far"
        .formatted(
            pending == 1 ? "1 pending migration is" : pending + " pending migrations are",
            waited.toSeconds());
  }

  static String resetting(int count) {
    return "⚠️ Resetting " + migrations(count) + "...";
  }

  static String completed(int count) {
    return "✅ All migrations completed successfully (" + count + " completed)";
  }

  static String migratedUpTo(String name) {
    return "✅ Migrated up to " + name;
  }

  static String lastAlready(String name) {
    return "✅ " + name + " is the last executed migration already";
  }

  static String rolledBack(int count) {
    return "✅ Rollback completed successfully (" + count + " rolled back)";
  }

  static String rolledBack(int count, int skipped) {
    return "⚠️ Rollback completed: %d rolled back, %d skipped".formatted(count, skipped);
  }

  static String redone(String name) {
    return "✅ Redone " + name;
  }

  static String wouldDo(MigrationResult result) {
    List<String> parts = new ArrayList<>();
    add(parts, "roll back ", planned(result, Direction.DOWN));
    add(parts, "run ", planned(result, Direction.UP));
    add(parts, "skip ", result.skipped().size());
    return "🔍 Would " + String.join(" and ", parts) + "; nothing was changed";
  }

  private static int planned(MigrationResult result, Direction direction) {
    return (int)
        result.outcomes().stream()
            .filter(o -> o.state() == State.PLANNED && o.direction() == direction)
            .count();
  }

  private static void add(List<String> parts, String verb, int count) {
    if (count > 0) {
      parts.add(verb + migrations(count));
    }
  }

  static String baselined(String name) {
    return "✓ " + name + " recorded as executed without running";
  }

  static String wouldBaseline(String name) {
    return "✓ Would record " + name + " as executed without running";
  }

  static String baselineDone(String name, int count) {
    return "✅ Baseline at " + name + " (" + count + " recorded)";
  }

  static String resolved(String name, String attempt, String resolution, boolean executed) {
    return "✅ Attempt %s at %s resolved: %s; it is %s now"
        .formatted(attempt, Printable.of(name), resolution, executed ? "executed" : "not executed");
  }

  static String wouldResolve(String name, String attempt, String resolution) {
    return "🔍 Would resolve attempt %s at %s: %s"
        .formatted(attempt, Printable.of(name), resolution);
  }

  static String tablesReady(Tables tables) {
    return "✅ Tables " + tables.history() + " and " + tables.journal() + " are there";
  }

  static String wouldCreate(String sql) {
    return "🔍 Would execute: " + sql.replaceAll("\\s+", " ");
  }

  private static String migrations(int count) {
    return count + (count == 1 ? " migration" : " migrations");
  }
}
