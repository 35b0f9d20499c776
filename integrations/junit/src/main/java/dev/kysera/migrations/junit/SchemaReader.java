package dev.kysera.migrations.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Reads the schema of one database product. Immutable. */
interface SchemaReader {

  /** Returns everything that is not the system's own and not of the migrations themselves. */
  Schema read(Connection connection, HistoryTables history) throws SQLException;

  /** Executes statements that drop things, whatever refers to them. */
  default void drop(Connection connection, List<String> statements) throws SQLException {
    for (String statement : statements) {
      Query.execute(connection, statement);
    }
  }

  /**
   * Returns what the database itself may leave behind when constraints of that schema are dropped
   * in the way that everybody drops them: lines, each behind the heading of its object.
   */
  default List<String> leftovers(List<SchemaObject> objects) {
    return List.of();
  }

  /** Returns the one that can read the database of a connection. */
  static SchemaReader of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "h2" -> new H2SchemaReader();
      case "sqlite" -> new SqliteSchemaReader();
      case "postgresql" -> new PostgresSchemaReader();
      case "mariadb" -> new MariaDbSchemaReader();
      default ->
          throw new UnsupportedOperationException(
              ("Schema snapshots know H2, SQLite, PostgreSQL and MariaDB; found %s. Test the"
                      + " migrations on one of these four.")
                  .formatted(product));
    };
  }
}
