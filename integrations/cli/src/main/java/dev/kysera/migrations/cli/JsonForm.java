package dev.kysera.migrations.cli;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.ExecutedMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationDiagnosis;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationRehearsal;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStatus;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.RehearsedStatement;
import dev.kysera.migrations.RiskNote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's values as JSON objects. The names are a contract, kept in {@code
 * cli-output.schema.json}: a member is always there, null where nothing is known.
 */
final class JsonForm {

  private JsonForm() {}

  static Map<String, @Nullable Object> of(MigrationResult result) {
    return object(
        "direction", result.direction().name(),
        "dryRun", result.dryRun(),
        "durationMillis", result.duration().toMillis(),
        "migrations", result.outcomes().stream().map(JsonForm::of).toList());
  }

  private static Map<String, @Nullable Object> of(MigrationOutcome outcome) {
    return object(
        "name", outcome.name(),
        "direction", outcome.direction().name(),
        "state", outcome.state().name(),
        "durationMillis", outcome.duration().toMillis());
  }

  static Map<String, @Nullable Object> of(MigrationStatus status) {
    return object(
        "total", status.total(),
        "executed", status.executed().stream().map(e -> of(e, status.unknown())).toList(),
        "pending", status.pending().stream().map(JsonForm::of).toList(),
        "openAttempts", status.openAttempts());
  }

  private static Map<String, @Nullable Object> of(
      ExecutedMigration executed, List<String> unknown) {
    return object(
        "name", executed.name(),
        "executedAt", executed.executedAt().toString(),
        "durationMillis", executed.duration().map(Duration::toMillis).orElse(null),
        "inCode", !unknown.contains(executed.name()),
        "verification", executed.verification().name());
  }

  private static Map<String, @Nullable Object> of(MigrationDefinition definition) {
    return object(
        "name", definition.name(),
        "description", definition.description(),
        "breaking", definition.breaking(),
        "estimatedMillis",
            definition.estimated().isZero() ? null : definition.estimated().toMillis(),
        "transactional", definition.transactional(),
        "reversible", definition.reversible(),
        "rerunnable", definition.rerunnable());
  }

  static Map<String, @Nullable Object> of(MigrationPlan plan) {
    return object(
        "direction", plan.direction().name(),
        "steps",
            plan.steps().stream()
                .map(MigrationStep::definition)
                .flatMap(Optional::stream)
                .map(JsonForm::of)
                .toList());
  }

  static Map<String, @Nullable Object> of(MigrationRehearsal rehearsal) {
    return object(
        "migrations", rehearsal.outcomes().stream().map(JsonForm::of).toList(),
        "statements", rehearsal.statements().stream().map(JsonForm::of).toList(),
        "risks", rehearsal.risks().stream().map(JsonForm::of).toList(),
        "remarks", rehearsal.remarks());
  }

  private static Map<String, @Nullable Object> of(RehearsedStatement statement) {
    return object(
        "migration", statement.migration(),
        "sql", statement.sql(),
        "parameters", statement.parameters().stream().map(JsonForm::values).toList(),
        "durationMillis", statement.duration().toMillis(),
        "rows", statement.rows().isPresent() ? statement.rows().getAsLong() : null,
        "locks",
            statement.locks().stream()
                .map(lock -> object("table", lock.table(), "mode", lock.mode()))
                .toList(),
        "failed", statement.error().isPresent());
  }

  private static List<@Nullable Object> values(List<@Nullable Object> values) {
    List<@Nullable Object> plain = new ArrayList<>();
    for (Object value : values) {
      boolean known = value == null || value instanceof Number || value instanceof Boolean;
      plain.add(
          known
              ? value
              : value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString());
    }
    return plain;
  }

  private static Map<String, @Nullable Object> of(RiskNote risk) {
    return object(
        "migration", risk.migration(),
        "rule", risk.rule(),
        "statement", risk.statement(),
        "message", risk.message());
  }

  static Map<String, @Nullable Object> of(MigrationDiagnosis diagnosis) {
    return object(
        "openAttempt", diagnosis.openAttempt().orElse(null), "findings", diagnosis.findings());
  }

  /** A result in which nothing happened. */
  static Map<String, @Nullable Object> nothing(Direction direction) {
    return of(new MigrationResult(direction, List.of(), Duration.ZERO, false));
  }

  /** Names and values by turns; keeps their order. */
  static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }
}
