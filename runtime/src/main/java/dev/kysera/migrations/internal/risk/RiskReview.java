package dev.kysera.migrations.internal.risk;

import dev.kysera.migrations.RiskNote;
import dev.kysera.migrations.internal.sql.SqlStatement;
import dev.kysera.migrations.internal.sql.SqlStatements;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the statements of a plan, in order, and notes the risks. Tables that the plan makes, and
 * small ones, are nobody's risk. Not thread-safe.
 */
public final class RiskReview {

  private final SqlSyntax syntax;
  private final PlanTables plan;

  /**
   * Begins a plan.
   *
   * @param syntax the database's; there are rules for PostgreSQL and MySQL
   * @param existing the tables that are there before the plan
   */
  public RiskReview(SqlSyntax syntax, ExistingTables existing) {
    this.syntax = syntax;
    this.plan = new PlanTables(existing);
  }

  /**
   * Notes the risks of what a migration has sent.
   *
   * @param migration the name of the migration
   * @param inTransaction whether it runs in a transaction
   * @param sql one statement or several
   */
  public List<RiskNote> notes(String migration, boolean inTransaction, String sql) {
    List<RiskNote> notes = new ArrayList<>();
    if (syntax != SqlSyntax.POSTGRESQL && syntax != SqlSyntax.MYSQL) {
      return notes;
    }
    for (SqlStatement statement : SqlStatements.split(sql, syntax)) {
      Acceptances acceptances = new Acceptances(statement.tokens());
      for (List<String> words : Executed.by(statement, syntax)) {
        findings(words, migration, inTransaction).stream()
            .filter(finding -> finding.rule().alwaysMatters() || plan.matters(finding.table()))
            .filter(finding -> !acceptances.cover(finding.rule()))
            .map(finding -> note(migration, statement, finding, acceptances))
            .forEach(notes::add);
        plan.read(migration, new Words(words));
      }
    }
    return notes;
  }

  private List<Finding> findings(List<String> words, String migration, boolean inTransaction) {
    return syntax == SqlSyntax.POSTGRESQL
        ? PostgresRules.of(words, plan, migration, inTransaction)
        : MySqlRules.of(words);
  }

  private static RiskNote note(
      String migration, SqlStatement statement, Finding finding, Acceptances acceptances) {
    String tag = finding.rule().name();
    return new RiskNote(
        migration,
        tag,
        statement.text(),
        finding.message()
            + " If it is right as it is, say why in a comment of the statement: -- risk "
            + tag
            + " accepted: ..."
            + acceptances.faults());
  }
}
