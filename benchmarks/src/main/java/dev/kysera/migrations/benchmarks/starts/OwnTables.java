package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import org.jdbi.v3.core.Jdbi;

/** The tables of our runtime, for a contestant that writes into them by hand. */
final class OwnTables {

  private OwnTables() {}

  static void create(Database database) {
    MigrationRunner.create(
            Jdbi.create(database.preparationUrl()), MigrationRegistry.builder().build())
        .setup();
  }
}
