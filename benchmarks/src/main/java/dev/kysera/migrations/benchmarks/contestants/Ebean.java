package dev.kysera.migrations.benchmarks.contestants;

import io.ebean.migration.MigrationConfig;
import io.ebean.migration.MigrationRunner;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * ebean-migration with SQL files in a folder of the class path and the default settings, and no log
 * below WARNING. It has no way back.
 */
public final class Ebean implements Contestant {

  private static final Logger LOGGER = Logger.getLogger("io.ebean");

  private static MigrationRunner runner() {
    LOGGER.setLevel(Level.WARNING);
    MigrationConfig config = new MigrationConfig();
    config.setMigrationPath("bench");
    return new MigrationRunner(config);
  }

  @Override
  public void up(DataSource dataSource) {
    runner().run(dataSource);
  }

  @Override
  public void status(DataSource dataSource) {
    runner().checkState(dataSource);
  }
}
