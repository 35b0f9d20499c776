package dev.kysera.migrations.benchmarks.contestants;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Flyway with its default settings, except that it logs through SLF4J, as the others do. It has no
 * free way back.
 */
abstract class FlywayContestant implements Contestant {

  /** Says where the migrations are. */
  abstract FluentConfiguration migrations(FluentConfiguration configuration);

  private Flyway flyway(DataSource dataSource) {
    return migrations(Flyway.configure().loggers("slf4j").dataSource(dataSource)).load();
  }

  @Override
  public final void up(DataSource dataSource) {
    flyway(dataSource).migrate();
  }

  @Override
  public final void status(DataSource dataSource) {
    flyway(dataSource).info().all();
  }
}
