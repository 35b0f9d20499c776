package dev.kysera.migrations.spring;

import dev.kysera.migrations.MigrationRunner;
import java.util.Map;
import org.springframework.beans.factory.InitializingBean;

/**
 * The runners of the application, by the names of their factories. They run when this bean is made,
 * and whatever needs the database is made behind it.
 */
final class DatabaseMigrations implements InitializingBean {

  private final Map<String, MigrationRunner> runners;
  private final MigrationsProperties properties;

  DatabaseMigrations(Map<String, MigrationRunner> runners, MigrationsProperties properties) {
    this.runners = runners;
    this.properties = properties;
  }

  Map<String, MigrationRunner> runners() {
    return runners;
  }

  @Override
  public void afterPropertiesSet() {
    runners.values().forEach(this::start);
  }

  private void start(MigrationRunner runner) {
    switch (properties.mode()) {
      case UP -> runner.up();
      case CHECK -> runner.check();
      case AWAIT -> runner.awaitCurrent(properties.awaitTimeout());
      case OFF -> {}
    }
  }
}
