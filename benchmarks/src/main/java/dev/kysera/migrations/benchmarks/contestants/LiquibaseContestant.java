package dev.kysera.migrations.benchmarks.contestants;

import java.sql.Connection;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;

/**
 * Liquibase with its default settings, except: no analytics ({@code liquibase.analytics.enabled}),
 * no banner ({@code liquibase.showBanner}), no summary, and no log below WARNING.
 */
abstract class LiquibaseContestant implements Contestant {

  private static final Logger LOGGER = Logger.getLogger("liquibase");

  private final String changelog;

  LiquibaseContestant(String changelog) {
    this.changelog = changelog;
    System.setProperty("liquibase.analytics.enabled", "false");
    System.setProperty("liquibase.showBanner", "false");
    LOGGER.setLevel(Level.WARNING);
  }

  private interface Work {
    void on(Liquibase liquibase) throws Exception;
  }

  private void with(DataSource dataSource, Work work) throws Exception {
    try (Connection connection = dataSource.getConnection();
        Liquibase liquibase =
            new Liquibase(
                changelog,
                new ClassLoaderResourceAccessor(),
                DatabaseFactory.getInstance()
                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
      liquibase.setShowSummary(UpdateSummaryEnum.OFF);
      work.on(liquibase);
    }
  }

  @Override
  public final void up(DataSource dataSource) throws Exception {
    with(dataSource, liquibase -> liquibase.update(new Contexts()));
  }

  @Override
  public final void down(DataSource dataSource, int steps) throws Exception {
    with(dataSource, liquibase -> liquibase.rollback(steps, ""));
  }

  @Override
  public final void status(DataSource dataSource) throws Exception {
    with(
        dataSource,
        liquibase -> liquibase.getChangeSetStatuses(new Contexts(), new LabelExpression()));
  }
}
