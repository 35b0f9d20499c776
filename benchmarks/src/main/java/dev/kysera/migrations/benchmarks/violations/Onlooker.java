package dev.kysera.migrations.benchmarks.violations;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Looks at a database from outside, on a connection of its own. */
final class Onlooker implements AutoCloseable {

  private final Server server;
  private final Connection connection;

  Onlooker(Server server, String url) throws SQLException {
    this.server = server;
    this.connection = DriverManager.getConnection(url);
  }

  /** Counts the tables and views of that name, case ignored: 0 or 1. */
  int tables(String name) throws SQLException {
    return strings(
            "select table_name from information_schema.tables where table_schema = "
                + server.schema()
                + " and lower(table_name) = lower('"
                + name
                + "')")
        .size();
  }

  /** Counts the rows with that id; a table that is not there has none. */
  int rows(String table, int id) throws SQLException {
    return tables(table) == 0 ? 0 : strings("select id from " + table + " where id = " + id).size();
  }

  /** The sessions in the database but this one. */
  List<String> sessions() throws SQLException {
    return strings(server.sessions());
  }

  List<String> strings(String sql) throws SQLException {
    return Queries.rows(connection, sql, 1).stream().map(row -> row.get(0)).toList();
  }

  List<List<String>> pairs(String sql) throws SQLException {
    return Queries.rows(connection, sql, 2);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
