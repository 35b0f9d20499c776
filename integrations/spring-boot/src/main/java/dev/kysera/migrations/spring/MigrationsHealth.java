package dev.kysera.migrations.spring;

import dev.kysera.migrations.MigrationException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether the databases are what the code expects: a SELECT for each.
 *
 * @param problems what is wrong, by the name of the factory
 * @param current the names of those that are right
 */
record MigrationsHealth(Map<String, String> problems, Map<String, String> current) {

  static MigrationsHealth of(DatabaseMigrations migrations) {
    Map<String, String> problems = new LinkedHashMap<>();
    Map<String, String> current = new LinkedHashMap<>();
    migrations
        .runners()
        .forEach(
            (name, runner) -> {
              try {
                runner.check();
                current.put(name, "up to date");
              } catch (MigrationException e) {
                problems.put(name, String.valueOf(e.getMessage()));
              }
            });
    return new MigrationsHealth(problems, current);
  }

  boolean isUp() {
    return problems.isEmpty();
  }
}
