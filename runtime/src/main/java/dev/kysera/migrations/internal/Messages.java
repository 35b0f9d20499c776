package dev.kysera.migrations.internal;

import static java.util.stream.Collectors.joining;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.annotation.internal.Printable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/**
 * Every text of an exception: what happened, what is certain, what to do next. None holds a URL, a
 * password or a value that a statement binds.
 */
final class Messages {

  /** What is certain after a migration has failed. */
  enum Certainty {
    /** It was not begun. */
    NOT_BEGUN,
    /** It was rolled back, or had committed nothing. */
    NOTHING_LEFT,
    /** Something of it may be committed; the attempt stays open. */
    MAY_BE_PARTIAL,
    /** It is complete and recorded; only the run could not go on. */
    COMPLETE,
    /** The database did not answer any more. */
    UNRECORDED
  }

  /** How many of a kind are listed one by one. */
  static final int LISTED = 10;

  private Messages() {}

  /**
   * Returns what a throwable says, on one line. An exception of the driver speaks for itself:
   * JDBI's own text around it holds the values that were bound.
   */
  static String text(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof SQLException sql) {
        String state = sql.getSQLState();
        String text = Secrets.hide(oneLine(sql), state == null ? "" : state);
        return state == null ? text : text + " (SQLState " + Printable.of(state) + ")";
      }
    }
    return Secrets.hide(oneLine(thrown), "");
  }

  private static String oneLine(Throwable thrown) {
    String message =
        thrown instanceof StatementException statement
            ? statement.getShortMessage()
            : thrown.getMessage();
    return message == null || message.isBlank()
        ? thrown.getClass().getName()
        : Printable.of(message.strip().replaceAll("\\s+", " "));
  }

  // --- a migration failed

  static String failed(
      StepFailure failure,
      Certainty certainty,
      boolean executed,
      Dialect dialect,
      MigrationResult result) {
    MigrationStep step = failure.step();
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
            next(step, certainty, attempt, result));
  }

  private static String certain(
      MigrationStep step, Certainty certainty, boolean executed, Dialect dialect, String attempt) {
    boolean up = step.direction() == Direction.UP;
    String recorded = executed ? "it is still executed" : "it is not executed";
    return switch (certainty) {
      case NOT_BEGUN -> "Certain: it was not begun, " + recorded + ".";
      case NOTHING_LEFT -> "Certain: nothing of it was committed, " + recorded + ".";
      case MAY_BE_PARTIAL ->
          "Certain: "
              + recorded
              + " completely. Not certain: what it did before it failed may be committed"
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
            .map(o -> o.name())
            .toList();
    String before =
        rolledBack.isEmpty()
            ? "Completed before it: " + list(completed)
            : "Rolled back with it: " + list(rolledBack);
    return before + ". Not run: " + list(result.notRun()) + ".";
  }

  private static String next(
      MigrationStep step, Certainty certainty, String attempt, MigrationResult result) {
    String again = step.direction() == Direction.UP ? "run up() again" : "roll back again";
    return switch (certainty) {
      case NOT_BEGUN -> "satisfy the listener that has refused it, and " + again + ".";
      case NOTHING_LEFT -> "mend the migration and " + again + ".";
      case MAY_BE_PARTIAL -> resolve(attempt);
      case COMPLETE ->
          result.notRun().isEmpty()
              ? "nothing; there was no other step."
              : "look at status(), then go on with the rest.";
      case UNRECORDED -> "see that the journal can be read, then " + again + ".";
    };
  }

  /** The way on from an attempt that may be half done. */
  private static String resolve(String attempt) {
    return "look at the database, undo or complete the migration by hand, and say what it is now:"
        + " runner.maintenance().resolve(\""
        + attempt
        + "\", Resolution.MARK_NOT_EXECUTED or MARK_EXECUTED or RERUN, \"why\").";
  }

  static String closedHandle() {
    return "it has closed the handle of the run";
  }

  static String rolledBackByItself() {
    return "it has rolled back the transaction of the run, and what it did after that is anybody's"
        + " guess";
  }

  // --- an earlier attempt is open

  static String interrupted(OpenAttempt attempt, boolean ownerMayLive, Dialect dialect) {
    String what =
        "%s of migration %s by %s, begun at %s, "
            .formatted(
                attempt.direction(),
                Printable.quoted(attempt.name()),
                Printable.of(attempt.owner()),
                attempt.startedAt());
    String state;
    if (ownerMayLive) {
      state =
          "has not ended: it is still running, or was interrupted. "
              + dialect.product()
              + " cannot tell which. Nothing was changed now.";
    } else if (attempt.started()) {
      state =
          "was interrupted after something of it may have been committed. It is not recorded as"
              + " complete. Nothing was changed now.";
    } else {
      state =
          "failed after something of it may have been committed. It is not recorded as complete."
              + " Nothing was changed now.";
    }
    return what
        + state
        + "\nNext: "
        + (ownerMayLive ? "if that process is gone, " : "")
        + resolve(attempt.id());
  }

  static String running(OpenAttempt attempt) {
    return "%s of migration %s is running (%s), attempt %s."
        .formatted(
            attempt.direction(),
            Printable.quoted(attempt.name()),
            Printable.of(attempt.owner()),
            attempt.id());
  }

  static String deadButClean(OpenAttempt attempt) {
    return "%s of migration %s by %s was interrupted before it committed anything. The next run clears it away by itself."
        .formatted(
            attempt.direction(), Printable.quoted(attempt.name()), Printable.of(attempt.owner()));
  }

  // --- the history and the code do not fit

  static String inconsistent(
      List<String> inside, List<String> below, String highest, Collection<String> names) {
    StringBuilder text =
        new StringBuilder("The history and the code do not fit, so nothing more is run.");
    for (int i = 0; i < Math.min(inside.size(), LISTED); i++) {
      text.append("\n- ").append(unknownInside(inside.get(i), names));
    }
    for (int i = 0; i < Math.min(below.size(), LISTED); i++) {
      text.append("\n- ").append(belowExecuted(below.get(i), highest));
    }
    int more = Math.max(0, inside.size() - LISTED) + Math.max(0, below.size() - LISTED);
    return more == 0
        ? text.toString()
        : text.append("\n- and ").append(more).append(" more").toString();
  }

  static String unknownInside(String name, Collection<String> names) {
    List<String> near = NearMatches.of(name, names);
    return "%s is executed but not in the code%s. Restore its class, or, if it is gone for good, delete its row from the history."
        .formatted(
            Printable.quoted(name),
            near.isEmpty() ? "" : " (" + list(near) + " is; was it renamed?)");
  }

  static String belowExecuted(String name, String highest) {
    return ("\"%s\" is pending and out of order: %s above it is executed. Give it a number above that"
            + " one if it has run nowhere yet, or allow it by MigrationOptions.outOfOrder(true).")
        .formatted(name, Printable.quoted(highest));
  }

  static String unknownName(String name, Collection<String> names) {
    List<String> near = NearMatches.of(name, names);
    String offer;
    if (!near.isEmpty()) {
      offer = "Did you mean " + quotedList(near) + "?";
    } else if (names.isEmpty()) {
      offer = "The registry is empty.";
    } else {
      offer = "status() lists the names.";
    }
    return "No migration is named %s. Nothing was changed. %s"
        .formatted(Printable.quoted(name), offer);
  }

  static String pendingName(String name) {
    return ("Migration \"%s\" is pending, so nothing can be rolled back down to it. Nothing was"
            + " changed. upTo(\"%s\") would execute it.")
        .formatted(name, name);
  }

  // --- no way back

  static String irreversible(List<MigrationStep> steps) {
    return "Nothing was rolled back, because there is no way back:"
        + steps.stream()
            .map(
                step ->
                    "\n- "
                        + Printable.quoted(step.name())
                        + (step.definition().isEmpty()
                            ? " is not in the code. Restore its class."
                            : " has no down method. Override down(Handle)."))
            .collect(joining());
  }

  // --- other runs

  static String topChanged(String name, String top) {
    return ("Migration \"%s\" was not rolled back: another run has changed the history meanwhile, and"
            + " %s. Steps before it stay done. Look at status() and decide again.")
        .formatted(
            name,
            top.isEmpty()
                ? "it is not executed any more"
                : Printable.quoted(top) + " is the last executed one now");
  }

  /** Who waits, as the texts about waiting begin. */
  static String migration(String name) {
    return "Migration " + Printable.quoted(name);
  }

  static String nested(OpenAttempt attempt) {
    return "Migration %s is running on this very thread, so nothing else can be migrated now. Nothing was changed. A migration must not run migrations."
        .formatted(Printable.quoted(attempt.name()));
  }

  static String foundationGone(String name, String below) {
    return "Migration %s was not executed: another run has rolled back %s below it meanwhile. Steps before it stay done. Look at status() and decide again."
        .formatted(Printable.quoted(name), Printable.quoted(below));
  }

  static String planChanged(MigrationPlan plan, MigrationState state) {
    List<String> executed = state.executed();
    return topChanged(
        plan.steps().get(0).name(), executed.isEmpty() ? "" : executed.get(executed.size() - 1));
  }

  static String lockTimeout(String waiter, Duration timeout, Optional<String> holder) {
    return "%s did not run: another run%s held the lock for longer than lockTimeout (%s s). Nothing of it was changed. Wait for the other run to end, or raise lockTimeout."
        .formatted(waiter, by(holder), timeout.toMillis() / 1000.0);
  }

  static String waitInterrupted(String waiter, Optional<String> holder) {
    return "%s did not run: this thread was interrupted while it waited for another run%s. Nothing of it was changed. Run again."
        .formatted(waiter, by(holder));
  }

  private static String by(Optional<String> holder) {
    return holder.map(h -> " (" + Printable.of(h) + ")").orElse(" or another writer");
  }

  // --- the session

  static String alreadyInTransaction() {
    return "The handle of this thread is in a transaction, or its connection came with autocommit off"
        + " and may hold uncommitted work. Nothing was changed. Run migrations outside"
        + " transactions, and let the pool lend connections with autocommit on.";
  }

  static String perRunOnDdlCommit(Dialect dialect) {
    return ("TransactionMode.PER_RUN is not possible on %s, which commits on DDL. Nothing was changed."
            + " Use PER_MIGRATION.")
        .formatted(dialect.product());
  }

  static String perRunNonTransactional(List<String> names) {
    return "TransactionMode.PER_RUN is not possible with migrations that run outside a transaction: %s. Nothing was changed. Use PER_MIGRATION."
        .formatted(quotedList(names));
  }

  // --- our tables

  static String statementFailed(Dialect.Refusal refusal, String statement, SQLException cause) {
    String next =
        switch (refusal) {
          case READ_ONLY ->
              "The database or the session is read-only: nothing was changed. Run with a"
                  + " connection that may write.";
          case BUSY -> "Another session holds a lock: run again when it is done.";
          case DUPLICATE, OTHER ->
              "Look at the cause; if it is about the tables, runner.maintenance().setupSql() prints"
                  + " those that are expected.";
        };
    return "Reading or writing the history failed: %s. Statement: %s. %s"
        .formatted(text(cause), statement.replaceAll("\\s+", " "), next);
  }

  static String foreignShape(
      Tables tables, String history, String journal, @Nullable SQLException cause) {
    return "%s (%s) and %s (%s) are not a history of ours%s. Nothing was changed. If they belong to something else, choose another MigrationOptions.tableName; a history needs the columns name and executed_at."
        .formatted(
            tables.history(),
            history.isEmpty() ? "no columns" : history,
            tables.journal(),
            journal.isEmpty() ? "no columns" : journal,
            cause == null ? "" : ": " + text(cause));
  }

  static String rowsCannotBeAdded(String history, String columns, @Nullable SQLException cause) {
    return "%s (%s) takes no rows of ours%s. Nothing was changed. A history has the columns name and executed_at, and no other that must be filled. If the table belongs to something else, choose another MigrationOptions.tableName."
        .formatted(history, columns, cause == null ? "" : ": " + text(cause));
  }

  static String notATable(Tables tables, String what) {
    return "%s is %s, not a table. Nothing was changed. Choose another MigrationOptions.tableName."
        .formatted(tables.history(), what);
  }

  static String unexpectedCount(Tables tables, int count) {
    return ("A statement on %s or %s hit %d rows where it must hit one: somebody else changes them at"
            + " this moment. What the transaction did is rolled back. Run again.")
        .formatted(tables.history(), tables.journal(), count);
  }

  static String slotLost(String name) {
    return ("The claim of migration \"%s\" has vanished from the journal: somebody else changes it at"
            + " this moment. Run again.")
        .formatted(name);
  }

  // --- resolve

  static String noSuchAttempt(String attempt, Optional<OpenAttempt> open) {
    return "Attempt %s is not open. Nothing was changed. %s"
        .formatted(
            Printable.quoted(attempt),
            open.map(o -> "Open is " + o.id() + " at " + Printable.quoted(o.name()) + ".")
                .orElse("No attempt is open."));
  }

  static String ownerLives(OpenAttempt attempt) {
    return "Attempt %s at %s is still running (%s). Nothing was changed. Wait for it to end."
        .formatted(attempt.id(), Printable.quoted(attempt.name()), Printable.of(attempt.owner()));
  }

  private static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String quotedList(Collection<String> names) {
    return names.stream().map(Printable::quoted).collect(joining(" or "));
  }
}
