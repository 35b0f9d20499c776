package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.sql.SQLException;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Jdbi;

/** The runners that the application makes, each with the options that a verb needs. */
final class Runners {

  private final Database database;
  private final BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory;
  private final Screen screen;
  private final Activity activity;

  Runners(
      Database database,
      BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory,
      Screen screen,
      Activity activity) {
    this.database = database;
    this.factory = factory;
    this.screen = screen;
    this.activity = activity;
  }

  MigrationRunner with(MigrationOptions.Builder options) {
    return factory.apply(database.open(), options.build());
  }

  /** For verbs that tell what they do. */
  MigrationOptions.Builder telling() {
    return MigrationOptions.builder().logger(this::log).listener(activity);
  }

  private void log(String line) {
    activity.lineLogged();
    screen.line(line);
  }

  /** For verbs whose answer is not to be told twice. */
  MigrationRunner quiet() {
    return with(silent());
  }

  /** The migrations of the application, for verbs that need no database and must not have one. */
  MigrationRegistry registry() {
    Jdbi none =
        Jdbi.create(
            () -> {
              throw new SQLException(
                  "This verb works without a database, so the runner must be made without a connection.");
            });
    return factory.apply(none, silent().build()).registry();
  }

  /** For what a verb would do. */
  MigrationRunner preview() {
    return with(silent().dryRun(true));
  }

  private static MigrationOptions.Builder silent() {
    return MigrationOptions.builder().logger(line -> {});
  }
}
