package dev.kysera.migrations.internal;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the driver knows of schemas and tables. */
final class Catalog {

  private final Connection connection;
  private final Statements statements;

  Catalog(Connection connection, Statements statements) {
    this.connection = connection;
    this.statements = statements;
  }

  /** Returns the schema of the first column of a query, empty if there is none. */
  String schemaOf(String sql) {
    return statements.with(sql, statement -> ofResult(statement, ResultSetMetaData::getSchemaName));
  }

  /** Returns the table of the first column of a query. */
  String tableOf(String sql) {
    return statements.with(sql, statement -> ofResult(statement, ResultSetMetaData::getTableName));
  }

  private interface ColumnFact {
    @Nullable String of(ResultSetMetaData result, int column) throws SQLException;
  }

  private static String ofResult(PreparedStatement statement, ColumnFact fact) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      String value = fact.of(row.getMetaData(), 1);
      return value == null ? "" : value;
    }
  }

  /** Returns the schema that unqualified names are created in, empty if there is none. */
  String currentSchema() {
    try {
      String schema = connection.getSchema();
      return schema == null ? "" : schema;
    } catch (SQLException | AbstractMethodError e) {
      return "";
    }
  }

  /** Returns the tables where unqualified names are created. */
  List<String> tables() {
    String schema = currentSchema();
    List<String> tables = new ArrayList<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(),
                schema.isEmpty() ? null : pattern(connection.getMetaData(), schema),
                "%",
                null)) {
      while (row.next()) {
        if (row.getString("TABLE_TYPE").contains("TABLE")
            && !row.getString("TABLE_TYPE").contains("SYSTEM")) {
          tables.add(row.getString("TABLE_NAME"));
        }
      }
      return tables;
    } catch (SQLException e) {
      throw statements.failed("asking the catalog for tables", e);
    }
  }

  /** Makes a database the one that unqualified names are looked up in. */
  void enter(String database) {
    try {
      connection.setCatalog(database);
    } catch (SQLException e) {
      throw statements.failed("entering a database", e);
    }
  }

  /** Says whether there is a table whose name is given as SQL writes it. */
  boolean exists(String table) {
    return typeOf(table).isPresent();
  }

  /**
   * Returns the type of a table whose name is given as SQL writes it, empty if there is none. A
   * driver that cannot escape a pattern, as Derby's, also finds those that the name is a pattern
   * of.
   */
  Optional<String> typeOf(String table) {
    try {
      DatabaseMetaData catalog = connection.getMetaData();
      int dot = table.startsWith("\"") ? table.indexOf("\".") + 1 : table.indexOf('.');
      String schema = dot > 0 ? stored(catalog, table.substring(0, dot)) : currentSchema();
      String name = stored(catalog, dot > 0 ? table.substring(dot + 1) : table);
      try (ResultSet row =
          catalog.getTables(
              connection.getCatalog(),
              schema.isEmpty() ? null : pattern(catalog, schema),
              pattern(catalog, name),
              null)) {
        while (row.next()) {
          if (name.equals(row.getString("TABLE_NAME"))) {
            return Optional.of(row.getString("TABLE_TYPE"));
          }
        }
        return Optional.empty();
      }
    } catch (SQLException e) {
      throw statements.failed("asking the catalog for " + table, e);
    }
  }

  private static String stored(DatabaseMetaData catalog, String identifier) throws SQLException {
    if (identifier.startsWith("\"")) {
      return identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"");
    }
    return catalog.storesUpperCaseIdentifiers() ? identifier.toUpperCase(Locale.ROOT) : identifier;
  }

  private static String pattern(DatabaseMetaData catalog, String name) throws SQLException {
    String escape = catalog.getSearchStringEscape();
    return escape == null || escape.isEmpty()
        ? name
        : name.replace(escape, escape + escape)
            .replace("_", escape + "_")
            .replace("%", escape + "%");
  }
}
