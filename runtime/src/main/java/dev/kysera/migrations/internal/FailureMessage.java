package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.IrreversibleMigrationException;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a migration that failed: what happened, what is certain, what was done before and
 * not done, what to do next.
 */
final class FailureMessage {

  private FailureMessage() {}

  static String of(
      StepFailure failure,
      Certainty certainty,
      boolean executed,
      Dialect dialect,
      MigrationResult result) {
    MigrationStep step = failure.step();
    boolean refusesToGoBack =
        step.direction() == Direction.DOWN
            && failure.cause() instanceof IrreversibleMigrationException;
    String attempt = failure.attempt().map(Attempt::id).orElse("");
    return """
        Migration "%s"%s failed while %s: %s
        %s
        %s
        Next: %s"""
        .formatted(
            step.name(),
            failure.className().isEmpty() ? "" : " (" + failure.className() + ")",
            step.direction() == Direction.UP ? "migrating up" : "rolling back",
            failure.error(),
            certain(step, certainty, executed, dialect, attempt),
            rest(result),
            next(failure, certainty, refusesToGoBack, attempt, dialect, result));
  }

  private static String certain(
      MigrationStep step, Certainty certainty, boolean executed, Dialect dialect, String attempt) {
    boolean up = step.direction() == Direction.UP;
    String recorded = executed ? "it is still executed" : "it is not executed";
    return switch (certainty) {
      case NOT_BEGUN -> "Certain: it was not begun, " + recorded + ".";
      case NOTHING_LEFT ->
          "Certain: nothing of it was committed, "
              + (up && executed ? "and another run has executed it meanwhile" : recorded)
              + ".";
      case MAY_BE_PARTIAL ->
          "Certain: "
              + (up ? recorded + " completely" : "its row is still in the history")
              + ". Not certain: what it did before it failed may be committed"
              + (dialect.commitsOnDdl()
                  ? ", since "
                      + dialect.product()
                      + " commits on DDL (if its first statement failed, nothing is)"
                  : "")
              + ". Attempt "
              + attempt
              + " stays open.";
      case COMPLETE ->
          "Certain: it is complete and recorded as " + (up ? "executed." : "rolled back.");
      case UNRECORDED ->
          "Not certain: whether anything of it was committed, because the journal cannot be read."
              + " If it can be again, the next run finds out.";
    };
  }

  private static String rest(MigrationResult result) {
    List<String> completed = result.completed();
    List<String> rolledBack =
        result.outcomes().stream()
            .filter(o -> o.state() == State.ROLLED_BACK)
            .map(MigrationOutcome::name)
            .toList();
    String before =
        rolledBack.isEmpty()
            ? "Completed before it: " + Messages.list(completed)
            : "Rolled back with it: " + Messages.list(rolledBack);
    return before + ". Not run: " + Messages.list(result.notRun()) + ".";
  }

  private static String next(
      StepFailure failure,
      Certainty certainty,
      boolean refusesToGoBack,
      String attempt,
      Dialect dialect,
      MigrationResult result) {
    MigrationStep step = failure.step();
    String again = step.direction() == Direction.UP ? "run up() again" : "roll back again";
    return switch (certainty) {
      case NOT_BEGUN -> "satisfy the listener that has refused it, and " + again + ".";
      case NOTHING_LEFT ->
          refusesToGoBack
              ? "leave it, or give it a way back."
              : remedy(failure, dialect) + " and " + again + ".";
      case MAY_BE_PARTIAL ->
          step.definition().map(MigrationDefinition::rerunnable).orElse(false)
              ? "mend the migration and " + again + ": it is rerunnable."
              : Messages.resolve(attempt, step.direction());
      case COMPLETE ->
          result.notRun().isEmpty()
              ? "nothing; there was no other step."
              : "look at status(), then go on with the rest.";
      case UNRECORDED -> "see that the journal can be read, then " + again + ".";
    };
  }

  /** Not every failure is the migration's own. */
  private static String remedy(StepFailure failure, Dialect dialect) {
    Optional<SQLException> cause = CauseText.sqlException(failure.cause());
    if (cause.map(sql -> dialect.refusal(sql) == Refusal.BUSY).orElse(false)) {
      return "see who holds the lock that it needs, or give it more time by ddlLockTimeout,";
    }
    if (cause.map(SQLException::getSQLState).map(FailureMessage::endsSession).orElse(false)) {
      return "see why the database ended the session,";
    }
    return "mend the migration";
  }

  /** Class 08 of SQLState is about connections; class 57P is PostgreSQL being shut down. */
  private static boolean endsSession(String state) {
    return state.startsWith("08") || state.startsWith("57P");
  }
}
