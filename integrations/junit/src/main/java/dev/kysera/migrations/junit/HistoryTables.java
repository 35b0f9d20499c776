package dev.kysera.migrations.junit;

import dev.kysera.migrations.MigrationOptions;
import java.util.Optional;

/**
 * The tables of the migrations themselves, which belong to no snapshot.
 *
 * @param schema where they are, empty for the schema of the connection
 * @param name the name of the history
 */
record HistoryTables(Optional<String> schema, String name) {

  static HistoryTables of(MigrationOptions options) {
    return new HistoryTables(options.schema(), options.tableName());
  }

  /** Whether a table is the history or its journal. */
  boolean include(String tableSchema, String table, String currentSchema) {
    return tableSchema.equalsIgnoreCase(schema.orElse(currentSchema))
        && (table.equalsIgnoreCase(name) || table.equalsIgnoreCase(name + "_journal"));
  }
}
