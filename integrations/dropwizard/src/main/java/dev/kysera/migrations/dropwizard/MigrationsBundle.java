package dev.kysera.migrations.dropwizard;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DatabaseConfiguration;
import io.dropwizard.db.ManagedDataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Gives an application the verbs of the migrations' command line, under {@code db}, and a health
 * check. Nothing runs by itself when the server starts.
 *
 * <pre>{@code
 * bootstrap.addBundle(
 *     new MigrationsBundle<AppConfiguration>() {
 *       public PooledDataSourceFactory getDataSourceFactory(AppConfiguration configuration) {
 *         return configuration.getDatabase();
 *       }
 *
 *       protected MigrationRunner runner(Jdbi jdbi, MigrationOptions options) {
 *         return Migrations.runner(jdbi, options);
 *       }
 *     });
 * }</pre>
 *
 * <p>Then {@code java -jar app.jar db up config.yml} migrates, {@code db status config.yml}
 * reports, and so on; {@code db help} lists the verbs, {@code db up --help} tells what one takes.
 * The configuration file is the last word, if it ends in {@code .yml}, {@code .yaml}, {@code .json}
 * or {@code .conf}, or stands behind {@code --config}; without one, there is the default
 * configuration. The exit status is that of the command line; a verb that does not exist, or a
 * configuration that is wrong, is told by Dropwizard, with status 1.
 *
 * @param <C> the configuration of the application
 */
public abstract class MigrationsBundle<C extends Configuration>
    implements ConfiguredBundle<C>, DatabaseConfiguration<C> {

  /** Creates a bundle. */
  protected MigrationsBundle() {}

  /**
   * Makes the runner of the application's migrations, mostly by the generated {@code
   * Migrations.runner(jdbi, options)}.
   *
   * @param jdbi a new Jdbi on the database, which only the migrations use
   * @param options what the caller of the verb has chosen
   * @return a runner
   */
  protected abstract MigrationRunner runner(Jdbi jdbi, MigrationOptions options);

  /**
   * Returns the name of the command, and of the health check behind {@code -migrations}. An
   * application with several databases has a bundle for each, with different names.
   *
   * @return {@code db}, unless overridden
   */
  protected String name() {
    return "db";
  }

  /**
   * Returns whether the server refuses to start on a database that is not what the code expects, as
   * {@link MigrationRunner#check()} says.
   *
   * @return false, unless overridden
   */
  protected boolean checksAtStart() {
    return false;
  }

  @Override
  public void initialize(Bootstrap<?> bootstrap) {
    @SuppressWarnings("unchecked") // the bundle is added to an application of that configuration
    Bootstrap<C> own = (Bootstrap<C>) bootstrap;
    bootstrap.addCommand(
        new DatabaseCommand<>(
            name(), own.getApplication().getConfigurationClass(), this, this::runner));
  }

  @Override
  public void run(C configuration, Environment environment) throws Exception {
    ManagedDataSource source =
        SingleConnection.to(getDataSourceFactory(configuration), name() + "-migrations");
    MigrationRunner runner = runner(Jdbi.create(source), MigrationOptions.defaults());
    if (checksAtStart()) {
      checkOrStop(runner, source);
    }
    environment.lifecycle().manage(source);
    environment.healthChecks().register(name() + "-migrations", new MigrationsHealthCheck(runner));
  }

  private static void checkOrStop(MigrationRunner runner, ManagedDataSource source)
      throws Exception {
    try {
      runner.check();
    } catch (RuntimeException e) {
      source.stop();
      throw e;
    }
  }
}
