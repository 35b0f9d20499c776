package dev.kysera.migrations.benchmarks.contestants;

import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/** Flyway with Java migrations that are handed over, and no location to scan. */
public abstract class FlywayJava extends FlywayContestant {

  /** All migrations. */
  protected abstract JavaMigration[] migrations();

  @Override
  final FluentConfiguration migrations(FluentConfiguration configuration) {
    return configuration.locations(new String[0]).javaMigrations(migrations());
  }
}
