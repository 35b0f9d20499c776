package dev.kysera.migrations.spring;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The health of the migrations, as Boot 4 asks for it. */
final class MigrationsHealthOfBoot4 implements HealthIndicator {

  private final DatabaseMigrations migrations;

  MigrationsHealthOfBoot4(DatabaseMigrations migrations) {
    this.migrations = migrations;
  }

  @Override
  public Health health() {
    MigrationsHealth health = MigrationsHealth.of(migrations);
    return (health.isUp() ? Health.up() : Health.down())
        .withDetails(health.current())
        .withDetails(health.problems())
        .build();
  }
}
