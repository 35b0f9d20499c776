package dev.kysera.migrations.benchmarks.contestants;

import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Flyway with SQL files in a folder of the class path. */
public final class FlywaySql extends FlywayContestant {

  @Override
  FluentConfiguration migrations(FluentConfiguration configuration) {
    return configuration.locations("classpath:bench");
  }
}
