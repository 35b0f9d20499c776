package dev.kysera.migrations.spring;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes the runner of one data source. A bean of this type is all that an application declares:
 *
 * <pre>{@code
 * @Bean
 * MigrationRunnerFactory migrations() {
 *   return Migrations::runner;
 * }
 * }</pre>
 *
 * <p>Migrations that need something get it from the context, when they are created and not before:
 *
 * <pre>{@code
 * @Bean
 * MigrationRunnerFactory migrations(ObjectProvider<Clock> clock) {
 *   return (jdbi, options) -> Migrations.runner(jdbi, options, clock::getObject);
 * }
 * }</pre>
 *
 * <p>Where there are several data sources, each has a factory with the {@code @Qualifier} of its
 * data source, which is that, or the name of its bean. A factory must not take a {@code Jdbi} or
 * whatever else needs the schema as a parameter: it is made before there is one.
 */
@FunctionalInterface
public interface MigrationRunnerFactory {

  /**
   * Makes a runner.
   *
   * @param jdbi a new Jdbi on the data source, which only the migrations use; plugins that they
   *     need may be installed here
   * @param options those of the application's properties; others may be made from them
   * @return a runner
   */
  MigrationRunner create(Jdbi jdbi, MigrationOptions options);
}
