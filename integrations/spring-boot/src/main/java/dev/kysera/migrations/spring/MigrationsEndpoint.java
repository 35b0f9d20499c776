package dev.kysera.migrations.spring;

import dev.kysera.migrations.ExecutedMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** What is executed and what is pending, at {@code /actuator/migrations}. */
@Endpoint(id = "migrations")
final class MigrationsEndpoint {

  private final DatabaseMigrations migrations;

  MigrationsEndpoint(DatabaseMigrations migrations) {
    this.migrations = migrations;
  }

  /** An executed migration. */
  record Executed(
      String name, String executedAt, @Nullable Long durationMillis, String verification) {}

  /** A pending migration. */
  record Pending(String name, String description, boolean breaking) {}

  /** The state of one database. */
  record State(List<Executed> executed, List<Pending> pending, List<String> openAttempts) {}

  /** The states by the names of the factories. */
  @ReadOperation
  public Map<String, State> migrations() {
    Map<String, State> states = new LinkedHashMap<>();
    migrations.runners().forEach((name, runner) -> states.put(name, state(runner.status())));
    return states;
  }

  private static State state(MigrationStatus status) {
    return new State(
        status.executed().stream().map(MigrationsEndpoint::executed).toList(),
        status.pending().stream().map(MigrationsEndpoint::pending).toList(),
        status.openAttempts());
  }

  private static Executed executed(ExecutedMigration migration) {
    return new Executed(
        migration.name(),
        migration.executedAt().toString(),
        migration.duration().map(Duration::toMillis).orElse(null),
        migration.verification().name());
  }

  private static Pending pending(MigrationDefinition migration) {
    return new Pending(migration.name(), migration.description(), migration.breaking());
  }
}
