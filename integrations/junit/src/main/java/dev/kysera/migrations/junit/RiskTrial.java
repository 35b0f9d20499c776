package dev.kysera.migrations.junit;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationRehearsal;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.RehearsedStatement;
import dev.kysera.migrations.RiskNote;
import dev.kysera.migrations.internal.risk.ExistingTables;
import dev.kysera.migrations.internal.risk.RiskReview;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Sees what the migrations send, once, and reviews it: those that are not released yet as one plan,
 * or, where nothing is known of releases, each as a plan of its own. How large a table is in
 * production a test cannot know, so every table of an earlier plan counts as a large one.
 */
final class RiskTrial {

  private final TrialDatabase database;
  private final Optional<Set<String>> released;
  private Optional<List<RehearsedStatement>> seen = Optional.empty();

  /**
   * Prepares a trial. Nothing is opened yet.
   *
   * @param released the names of those that are released, empty if nothing is known
   */
  RiskTrial(TrialDatabase database, Optional<Set<String>> released) {
    this.database = database;
    this.released = released;
  }

  /** Fails if the migration sends something risky. */
  synchronized void test(MigrationDefinition migration) {
    if (!migration.transactional()) {
      throw new TestAbortedException(
          migration.name() + " runs outside a transaction, and so is not looked at.");
    }
    if (!database.product().equals("PostgreSQL")) {
      throw new TestAbortedException(
          "There are rules for PostgreSQL only; this database is " + database.product() + ".");
    }
    if (seen.isEmpty()) {
      seen = Optional.of(look());
    }
    List<RiskNote> notes = notes(migration.name());
    if (!notes.isEmpty()) {
      StringBuilder text = new StringBuilder();
      notes.forEach(note -> text.append('\n').append(note));
      throw new AssertionFailedError(
          migration.name() + " would hold up or break an application at work:" + text);
    }
  }

  private List<RiskNote> notes(String name) {
    List<RiskNote> notes = new ArrayList<>();
    RiskReview review = new RiskReview(SqlSyntax.POSTGRESQL, ExistingTables.UNKNOWN);
    for (RehearsedStatement statement : seen.orElseThrow()) {
      boolean own = statement.migration().equals(name);
      boolean samePlan =
          released.map(names -> !names.contains(statement.migration())).orElse(false);
      if (own || samePlan) {
        List<RiskNote> found = review.notes(statement.migration(), true, statement.sql());
        notes.addAll(own ? found : List.of());
      }
    }
    return notes;
  }

  /** A rehearsal ends before a migration outside a transaction; behind that, another one begins. */
  private List<RehearsedStatement> look() {
    database.open(true);
    MigrationRunner runner = database.runner();
    List<RehearsedStatement> statements = new ArrayList<>();
    while (!runner.plan().steps().isEmpty()) {
      MigrationRehearsal rehearsal = runner.rehearse();
      statements.addAll(rehearsal.statements());
      runner.upTo(
          rehearsal.outcomes().stream()
              .filter(outcome -> outcome.state() == State.NOT_RUN)
              .findFirst()
              .map(MigrationOutcome::name)
              .orElseGet(() -> rehearsal.outcomes().get(rehearsal.outcomes().size() - 1).name()));
    }
    return statements;
  }
}
