package dev.kysera.migrations.internal;

import static java.util.stream.Collectors.joining;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.annotation.internal.MigrationName;
import dev.kysera.migrations.annotation.internal.Printable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The texts of exceptions, but for a failed migration's: what happened, what is certain, what to do
 * next. None holds a URL, a password or a value that a statement binds.
 */
final class Messages {

  /** How many of a kind are listed one by one. */
  static final int LISTED = 10;

  private Messages() {}

  // --- a migration failed

  /** The way on from an attempt that may be half done. */
  static String resolve(String attempt, Direction direction) {
    String choices =
        direction == Direction.UP
            ? "MARK_NOT_EXECUTED if nothing of it is left; MARK_EXECUTED if it is complete; RERUN if"
                + " nothing of it is left and it is mended, to run it at once"
            : "MARK_EXECUTED if the rollback is complete, then its row goes; MARK_NOT_EXECUTED if"
                + " nothing is rolled back, then it stays executed; RERUN if nothing is rolled back"
                + " and its down is mended, to roll it back at once";
    return "look at the database, undo or complete by hand what is half done, and say which it is by"
        + " runner.maintenance().resolve(\""
        + attempt
        + "\", Resolution.X, \"why\"): "
        + choices
        + ".";
  }

  static String closedHandle() {
    return "it has closed the handle of the run";
  }

  static String rolledBackByItself() {
    return "it has rolled back the transaction of the run, and what it did after that is anybody's"
        + " guess";
  }

  static String wentOnAfterFailure() {
    return "one of its statements failed, and it went on as if it had not; the database has rolled"
        + " back the transaction. Let the exception pass, or use a savepoint";
  }

  static String leftAnotherRole(HistoryException refusal) {
    return "it cannot be recorded: "
        + CauseText.of(refusal)
        + ". If it has set another role, it must reset that before it ends";
  }

  static String invalidIndexes(Collection<String> indexes) {
    return "it has left an invalid index ("
        + String.join(", ", indexes.stream().map(Printable::of).toList())
        + "), which is kept up to date but never used. Drop it and create it again";
  }

  static String notFenced(String name, Dialect dialect) {
    return ("Migration %s was not run: it needs the same session from its begin to its end, and %s"
            + " does not find the lock that this session took. A pooler that lends a session for one"
            + " transaction at a time may be in between, or an earlier migration has released the"
            + " locks of the session. Nothing of it was changed. Run again, over a direct"
            + " connection.")
        .formatted(Printable.quoted(name), dialect.product());
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
        + resolve(attempt.id(), attempt.direction());
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

  /** What is to be said of an open attempt. */
  static String openAttempt(
      OpenAttempt attempt, AttemptCondition condition, boolean rerunnable, Dialect dialect) {
    if (rerunnable && condition.needsDecision()) {
      return runAgain(attempt);
    }
    return switch (condition) {
      case RUNNING -> running(attempt);
      case RUNNING_OR_INTERRUPTED -> interrupted(attempt, true, dialect);
      case INTERRUPTED_CLEAN -> deadButClean(attempt);
      case INTERRUPTED, FAILED -> interrupted(attempt, false, dialect);
    };
  }

  private static String runAgain(OpenAttempt attempt) {
    return ("%s of migration %s by %s was interrupted and may be half done. It is rerunnable: %s runs"
            + " it again by itself.")
        .formatted(
            attempt.direction(),
            Printable.quoted(attempt.name()),
            Printable.of(attempt.owner()),
            attempt.direction() == Direction.UP ? "the next up()" : "the next down()");
  }

  // --- the database is not what the code expects

  static String notUpToDate(List<String> lines) {
    return "The database is not what the code expects:" + list(lines);
  }

  static String notUpToDateInTime(Duration timeout, List<String> lines) {
    return "The database did not become what the code expects within %s s:%s"
        .formatted(timeout.toMillis() / 1000.0, list(lines));
  }

  private static String list(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.stream().limit(LISTED).forEach(line -> text.append("\n- ").append(line));
    if (lines.size() > LISTED) {
      text.append("\n- and ").append(lines.size() - LISTED).append(" more");
    }
    return text.append(
            "\nNothing was changed by this check. Next: what is pending is executed by up();"
                + " awaitCurrent(Duration) waits for a process that does so.")
        .toString();
  }

  static String pending(String name) {
    return Printable.quoted(name) + " is pending.";
  }

  static String invalidIndex(String index) {
    return "Index %s is invalid: its build was interrupted or has failed. It is kept up to date but never used. Drop it and create it again."
        .formatted(Printable.of(index));
  }

  // --- the history and the code do not fit

  static String inconsistent(List<String> misfits) {
    StringBuilder text =
        new StringBuilder("The history and the code do not fit, so nothing more is run.");
    misfits.forEach(misfit -> text.append("\n- ").append(misfit));
    return text.toString();
  }

  /** The first of many entries of a kind, and how many more there are. */
  static List<String> firstOf(List<String> entries) {
    if (entries.size() <= LISTED) {
      return entries;
    }
    List<String> first = new ArrayList<>(entries.subList(0, LISTED));
    first.add("and " + (entries.size() - LISTED) + " more");
    return first;
  }

  static String changed(String name) {
    return "%s has changed since it was executed: the database holds what it was then. Undo the edit, or, if it is right as it is now, say so by runner.maintenance().accept(%s, \"why\")."
        .formatted(Printable.quoted(name), Printable.quoted(name));
  }

  static String changedDown(String name) {
    return "The down of %s has changed since it was executed; going down runs it as it is now. Nothing needs to be done."
        .formatted(Printable.quoted(name));
  }

  static String doubled(String former, String name) {
    return "%s is executed, and so is %s, which was named so formerly: the history has one migration twice. Look at the database, and delete the row that is not true from the history."
        .formatted(Printable.quoted(former), Printable.quoted(name));
  }

  /** A renamed migration is out of order too, but its old name settles both. */
  static List<String> withoutRenamed(List<String> outOfOrder, List<String> unknown) {
    return outOfOrder.stream()
        .filter(name -> unknown.stream().noneMatch(other -> sameNumber(other, name)))
        .toList();
  }

  static String unknownInside(String name, Collection<String> names) {
    Optional<String> renamed = names.stream().filter(n -> sameNumber(name, n)).findFirst();
    if (renamed.isPresent() && renamed.get().equalsIgnoreCase(name)) {
      return "%s is executed, and the code has %s: they differ only in upper and lower case. Give the class the name that is executed."
          .formatted(Printable.quoted(name), Printable.quoted(renamed.get()));
    }
    if (renamed.isPresent()) {
      return "%s is executed but not in the code, and %s has its number: if that is the same migration renamed, give it its old name again, or say so by @Migration(formerly = %s)."
          .formatted(
              Printable.quoted(name), Printable.quoted(renamed.get()), Printable.quoted(name));
    }
    return "%s is executed but not in the code. Restore its class, or, if it is gone for good, delete its row from the history."
        .formatted(Printable.quoted(name));
  }

  private static boolean sameNumber(String a, String b) {
    Optional<MigrationName> first = MigrationName.parse(a);
    Optional<MigrationName> second = MigrationName.parse(b);
    return first.isPresent() && second.isPresent() && first.get().number() == second.get().number();
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

  // --- a migration was renamed

  static String formerlyItself(String name) {
    return "Migration %s is formerly itself. Name the old name, or nothing."
        .formatted(Printable.quoted(name));
  }

  static String formerlyCurrent(String name, String former, String bearer) {
    return "Migration %s is formerly %s, which is the name of migration %s now. Take it from one of the two."
        .formatted(Printable.quoted(name), Printable.quoted(former), Printable.quoted(bearer));
  }

  static String formerlyTwice(String former, String first, String second) {
    return "Migrations %s and %s are both formerly %s. Take it from the one that never was."
        .formatted(Printable.quoted(first), Printable.quoted(second), Printable.quoted(former));
  }

  static String formerlyBlank(String name, String found) {
    return "Migration %s is formerly %s, which is no name. Take it away."
        .formatted(Printable.quoted(name), found);
  }

  // --- accept

  static String acceptPending(String name) {
    return "Migration %s is pending, so there is nothing to accept. Nothing was changed."
        .formatted(Printable.quoted(name));
  }

  static String acceptUnseen(String name) {
    return "Migration %s has no fingerprint in the code, so there is nothing to accept: the compiler has not seen its source, or the registry was made by hand. Nothing was changed."
        .formatted(Printable.quoted(name));
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

  static String perRunImpossible(Dialect dialect) {
    return "TransactionMode.PER_RUN is not possible on %s, which %s. Nothing was changed. Use PER_MIGRATION."
        .formatted(
            dialect.product(),
            dialect.commitsOnDdl()
                ? "commits on DDL"
                : "keeps no other run away before a transaction is committed");
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
          case DUPLICATE, ABORTED, UNSUPPORTED, OTHER ->
              "Look at the cause; if it is about the tables, runner.maintenance().setupSql() prints"
                  + " those that are expected.";
        };
    return "Reading or writing the history failed: %s. Statement: %s. %s"
        .formatted(CauseText.of(cause), statement.replaceAll("\\s+", " "), next);
  }

  static String foreignShape(
      Tables tables, String history, String journal, @Nullable SQLException cause) {
    return "%s (%s) and %s (%s) are not a history of ours%s. Nothing was changed. If they belong to something else, choose another MigrationOptions.tableName; a history needs the columns name and executed_at."
        .formatted(
            tables.history(),
            history.isEmpty() ? "no columns" : history,
            tables.journal(),
            journal.isEmpty() ? "no columns" : journal,
            cause == null ? "" : ": " + CauseText.of(cause));
  }

  static String rowsCannotBeAdded(String history, String columns, @Nullable SQLException cause) {
    return "%s (%s) takes no rows of ours%s. Nothing was changed. A history has the columns name and executed_at, and no other that must be filled. If the table belongs to something else, choose another MigrationOptions.tableName."
        .formatted(history, columns, cause == null ? "" : ": " + CauseText.of(cause));
  }

  static String noHistory(Tables tables, String what) {
    return "%s is %s. Nothing was changed. Change that, or choose another MigrationOptions.tableName."
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

  static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String quotedList(Collection<String> names) {
    return names.stream().map(Printable::quoted).collect(joining(" or "));
  }
}
