package dev.kysera.migrations.examples.builder;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import java.util.function.Consumer;

/** Reports what became of each migration, and lets no breaking one run without approval. */
final class BreakingChangeGuard implements MigrationListener {

  private final boolean approved;
  private final Consumer<String> report;

  BreakingChangeGuard(boolean approved, Consumer<String> report) {
    this.approved = approved;
    this.report = report;
  }

  @Override
  public void beforeMigration(MigrationStep step) {
    boolean breaking = step.definition().map(MigrationDefinition::breaking).orElse(false);
    if (breaking && !approved) {
      // What a listener throws before a migration is a veto.
      throw new IllegalStateException(step.name() + " is breaking and not approved");
    }
  }

  @Override
  public void afterMigration(MigrationStep step, MigrationOutcome outcome) {
    report.accept(step.direction() + " " + step.name() + ": " + outcome.state());
  }

  @Override
  public void runFinished(MigrationResult result) {
    report.accept(result.completed().size() + " done, " + result.notRun().size() + " not run");
  }
}
