package dev.kysera.migrations.spring;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** The health of the migrations, as Boot 3 asks for it. */
final class MigrationsHealthOfBoot3 implements HealthIndicator {

  private final DatabaseMigrations migrations;

  MigrationsHealthOfBoot3(DatabaseMigrations migrations) {
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
