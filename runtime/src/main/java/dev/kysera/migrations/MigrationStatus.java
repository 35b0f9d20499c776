package dev.kysera.migrations;

import dev.kysera.migrations.ExecutedMigration.Verification;
import dev.kysera.migrations.annotation.internal.Printable;
import java.util.List;
import java.util.Set;

/**
 * What is executed and what is pending.
 *
 * @param executed the rows of the history in the order in which they were executed, unknown ones
 *     included
 * @param pending the migrations that are not executed, in the order of execution
 * @param unknown the names in {@code executed} that are not in the code
 * @param openAttempts what is to be said of an attempt that is running or was interrupted, in one
 *     line; empty if there is none
 */
public record MigrationStatus(
    List<ExecutedMigration> executed,
    List<MigrationDefinition> pending,
    List<String> unknown,
    List<String> openAttempts) {

  /** Creates a status with copies of the lists. */
  public MigrationStatus {
    executed = List.copyOf(executed);
    pending = List.copyOf(pending);
    unknown = List.copyOf(unknown);
    openAttempts = List.copyOf(openAttempts);
  }

  /**
   * Returns the number of migrations in the code.
   *
   * @return 0 or more
   */
  public int total() {
    return executed.size() - unknown.size() + pending.size();
  }

  /**
   * Returns the report that {@link MigrationRunner#status()} logs.
   *
   * @return lines for people, separated by {@code \n}
   */
  @Override
  public String toString() {
    StringBuilder report = new StringBuilder();
    openAttempts.forEach(line -> report.append(line).append("\n\n"));
    report.append("📊 Migration Status:");
    report.append("\n  ✅ Executed: ").append(executed.size());
    report.append("\n  ⏳ Pending: ").append(pending.size());
    if (!executed.isEmpty()) {
      report.append("\n\nExecuted migrations:");
      Set<String> strangers = Set.copyOf(unknown);
      for (ExecutedMigration migration : executed) {
        report.append("\n  ✓ ").append(Printable.of(migration.name()));
        if (strangers.contains(migration.name())) {
          report.append(" (not in the code)");
        }
        if (migration.verification() == Verification.CHANGED) {
          report.append(" (changed since it was executed)");
        }
      }
    }
    if (!pending.isEmpty()) {
      report.append("\n\nPending migrations:");
      for (MigrationDefinition definition : pending) {
        report.append("\n  - ").append(definition.name());
        if (!definition.description().isEmpty()) {
          report.append(" - ").append(Printable.of(definition.description()));
        }
        if (definition.breaking()) {
          report.append(" ⚠️ BREAKING");
        }
      }
    }
    return report.toString();
  }
}
