package dev.kysera.migrations.dropwizard;

import com.codahale.metrics.health.HealthCheck;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationRunner;

/** Healthy while the database is what the code expects: one connection, one SELECT. */
final class MigrationsHealthCheck extends HealthCheck {

  private final MigrationRunner runner;

  MigrationsHealthCheck(MigrationRunner runner) {
    this.runner = runner;
  }

  @Override
  protected Result check() {
    try {
      runner.check();
      return Result.healthy("up to date");
    } catch (MigrationException e) {
      return Result.unhealthy("%s", e.getMessage());
    }
  }
}
