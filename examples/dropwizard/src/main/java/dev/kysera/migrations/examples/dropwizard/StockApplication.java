package dev.kysera.migrations.examples.dropwizard;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.dropwizard.MigrationsBundle;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.PooledDataSourceFactory;
import org.jdbi.v3.core.Jdbi;

/**
 * {@code db up config.yml} migrates; {@code server config.yml} serves, on a current database only.
 */
public class StockApplication extends Application<StockConfiguration> {

  public static void main(String[] args) throws Exception {
    new StockApplication().run(args);
  }

  @Override
  public void initialize(Bootstrap<StockConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)));
    bootstrap.addBundle(
        new MigrationsBundle<StockConfiguration>() {
          @Override
          public PooledDataSourceFactory getDataSourceFactory(StockConfiguration configuration) {
            return configuration.getDatabase();
          }

          @Override
          protected MigrationRunner runner(Jdbi jdbi, MigrationOptions options) {
            return Migrations.runner(jdbi, options);
          }

          @Override
          protected boolean checksAtStart() {
            return true;
          }
        });
  }

  @Override
  public void run(StockConfiguration configuration, Environment environment) {
    // Resources and the rest of the application.
  }
}
