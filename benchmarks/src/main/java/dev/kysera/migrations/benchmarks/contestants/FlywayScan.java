package dev.kysera.migrations.benchmarks.contestants;

import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Flyway with Java migrations that it finds in a package of the class path. */
public final class FlywayScan extends FlywayContestant {

  @Override
  FluentConfiguration migrations(FluentConfiguration configuration) {
    return configuration.locations("classpath:bench");
  }
}
