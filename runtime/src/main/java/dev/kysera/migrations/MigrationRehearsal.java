package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a rehearsal has shown: the pending migrations were run for real, and nothing of them stays
 * in the database.
 *
 * <p>It holds the values that were bound to statements, and so do its report and its script: they
 * belong where the data may be.
 *
 * @param outcomes what became of each migration: {@code ROLLED_BACK} if it ran, {@code NOT_RUN}
 *     where the rehearsal ended before it, {@code FAILED}, {@code PLANNED} in a dry run; on a
 *     scratch database, where it stays, {@code COMPLETED}
 * @param statements every statement that they have sent, in order
 * @param risks what some of them would do to an application that is running meanwhile
 * @param remarks why the rehearsal ended early, if it did, and what it could not see or not take
 *     back, a sentence each
 * @param script the same as an SQL file: the statements with their values, and the rows of the
 *     history and its journal, so that afterwards the database is as {@code up()} would have left
 *     it. For a person who reviews it, or runs it where an application may not.
 */
public record MigrationRehearsal(
    List<MigrationOutcome> outcomes,
    List<RehearsedStatement> statements,
    List<RiskNote> risks,
    List<String> remarks,
    String script) {

  /** Creates a rehearsal from all its parts. */
  public MigrationRehearsal {
    outcomes = List.copyOf(outcomes);
    statements = List.copyOf(statements);
    risks = List.copyOf(risks);
    remarks = List.copyOf(remarks);
    requireNonNull(script, "script");
  }

  /**
   * Returns the report for people: each migration with its statements, then risks and remarks.
   *
   * @return several lines
   */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add("🎬 Rehearsal:");
    for (MigrationOutcome outcome : outcomes) {
      lines.add("");
      lines.add(
          "%s: %s (%d ms)"
              .formatted(
                  outcome.name(),
                  outcome.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  outcome.duration().toMillis()));
      statements.stream()
          .filter(statement -> statement.migration().equals(outcome.name()))
          .forEach(statement -> lines.add(statement.toString().indent(2).stripTrailing()));
    }
    if (outcomes.isEmpty()) {
      lines.add("  Nothing is pending.");
    }
    if (!risks.isEmpty()) {
      lines.add("");
      lines.add("Risks:");
      risks.forEach(risk -> lines.add(risk.toString().indent(2).stripTrailing()));
    }
    if (!remarks.isEmpty()) {
      lines.add("");
      lines.add("Remarks:");
      remarks.forEach(remark -> lines.add("  - " + remark));
    }
    return String.join("\n", lines);
  }
}
