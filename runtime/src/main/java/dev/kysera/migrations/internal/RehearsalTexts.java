package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.annotation.internal.Printable;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is said about rehearsals: lines, remarks and exceptions. */
final class RehearsalTexts {

  static final String CODE_HAS_RUN =
      "The code of the migrations has run: what it did outside this connection (files, messages,"
          + " other systems) is done and was not rolled back.";

  private RehearsalTexts() {}

  // --- lines

  static String would(MigrationStep step) {
    return "🎬 Would rehearse " + step.name();
  }

  static String rehearsing(MigrationStep step) {
    return "🎬 Rehearsing " + step.name() + "...";
  }

  static String rehearsed(MigrationStep step, Duration duration, int statements) {
    return "✓ %s rehearsed (%d ms, %s)"
        .formatted(step.name(), duration.toMillis(), counted(statements, "statement"));
  }

  static String rolledBack(int migrations) {
    return "✅ Rehearsal completed: "
        + counted(migrations, "migration")
        + (migrations == 1 ? " ran and was" : " ran and were")
        + " rolled back; the database is as it was";
  }

  static String rehearsedOnScratch(int migrations) {
    return "✅ Rehearsal completed on the scratch database: "
        + counted(migrations, "migration")
        + " ran";
  }

  static String endedEarly(String remark) {
    return "⚠️ " + remark;
  }

  // --- remarks

  static String endsBefore(MigrationStep step, List<String> notRehearsed) {
    return ("The rehearsal ends before %s, which runs outside a transaction and so could not be"
            + " rolled back. Not rehearsed: %s. rehearseOn(scratchJdbi) runs them on a database of"
            + " their own.")
        .formatted(step.name(), Messages.list(notRehearsed));
  }

  static String endsWithin(MigrationStep step, String refused, List<String> notRehearsed) {
    return ("The rehearsal ends within %s: it %s, which could not be rolled back, and was kept from"
            + " it. Not rehearsed to the end: %s. rehearseOn(scratchJdbi) runs them on a database"
            + " of their own.")
        .formatted(step.name(), refused, Messages.list(notRehearsed));
  }

  static String outside(String migration, String what) {
    return migration + " " + what;
  }

  // --- refusals

  static String commitsOnDdl(Dialect dialect) {
    return ("A rehearsal ends with a rollback, and %s commits on DDL, so it could not take back what"
            + " it did. Nothing was run. Next: rehearseOn(scratchJdbi) runs the migrations on an"
            + " empty %s database that you give it.")
        .formatted(dialect.product(), dialect.product());
  }

  static String needsHandleOfItsOwn() {
    return "A rehearsal watches its connection from the moment on which it is opened, and a handle"
        + " of this Jdbi is open on this thread already. Nothing was run. Next: call rehearse()"
        + " outside of the callback of useHandle, withHandle or inTransaction.";
  }

  static String anotherProduct(Dialect dialect, Dialect scratch) {
    return ("The scratch database is %s, the database is %s: what the one shows says little of the"
            + " other. Nothing was run. Next: give an empty %s database.")
        .formatted(scratch.product(), dialect.product(), dialect.product());
  }

  static String notEmpty(List<String> tables) {
    return ("The scratch database is not empty, it holds %s. A rehearsal on it is not rolled back, so"
            + " it must be a database that nobody needs. Nothing was run. Next: give an empty"
            + " database.")
        .formatted(Messages.list(tables.stream().map(Printable::of).toList()));
  }

  static String sameDatabase() {
    return "The scratch database is the database itself. A rehearsal on it is not rolled back."
        + " Nothing was run. Next: give another, empty database.";
  }

  static String scratchNotReady(String failure) {
    return "The scratch database could not be brought to where the database is, by the migrations"
        + " that are executed there; the rehearsal has not begun.\n"
        + failure;
  }

  // --- failures

  static String failed(
      StepFailure failure, Optional<String> statement, Dialect dialect, MigrationResult result) {
    return """
        The rehearsal of migration "%s"%s failed: %s%s
        Certain: the rehearsal was rolled back, the database is as it was.
        Rehearsed before it: %s. Not rehearsed: %s.
        Next: %s and rehearse again."""
        .formatted(
            failure.step().name(),
            failure.className().isEmpty() ? "" : " (" + failure.className() + ")",
            failure.error(),
            statement.map(sql -> "\nIts statement: " + Printable.quoted(sql.strip())).orElse(""),
            Messages.list(
                result.outcomes().stream()
                    .filter(outcome -> outcome.state() == State.ROLLED_BACK)
                    .map(MigrationOutcome::name)
                    .toList()),
            Messages.list(result.notRun()),
            isBusy(failure, dialect)
                ? "see who holds the lock that it needs (a rehearsal waits only a moment for it, so"
                    + " as to hold up nobody; ddlLockTimeout gives it more),"
                : "mend the migration");
  }

  static String failedOnScratch(String failure) {
    return "On the scratch database:\n" + failure + "\nThe database itself was not touched.";
  }

  private static boolean isBusy(StepFailure failure, Dialect dialect) {
    return CauseText.sqlException(failure.cause())
        .map(sql -> dialect.refusal(sql) == Refusal.BUSY)
        .orElse(false);
  }

  static String escaped() {
    return "it has ended the transaction of the rehearsal past JDBC, so that what it did is"
        + " committed but not recorded";
  }

  // --- the script

  static String scriptTitle(List<String> names, Dialect dialect) {
    return names.isEmpty()
        ? "Nothing is pending, so there is nothing to do."
        : "%s, as rehearsed on %s: %s"
            .formatted(
                counted(names.size(), "migration"), dialect.product(), String.join(", ", names));
  }

  static final String SCRIPT_NOTE =
      "What the code has read or computed is as it was then. Review it, and run it once, on a"
          + " database in the same state.";

  static String notInScript(List<String> names) {
    return "NOT IN THIS SCRIPT, because they were not rehearsed: " + String.join(", ", names);
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
