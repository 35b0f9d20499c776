package dev.kysera.migrations.benchmarks.violations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a session is set, and what it holds. */
record SessionState(Map<String, String> values) {

  static SessionState of(Connection connection, Server server) throws SQLException {
    Map<String, String> values = new TreeMap<>();
    values.put("JDBC autocommit", String.valueOf(connection.getAutoCommit()));
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    values.put("JDBC isolation", String.valueOf(connection.getTransactionIsolation()));
    values.put("JDBC read-only", String.valueOf(connection.isReadOnly()));
    values.put("JDBC catalog", String.valueOf(connection.getCatalog()));
    values.put("JDBC schema", String.valueOf(connection.getSchema()));
    values.put("locks", String.valueOf(Queries.rows(connection, server.locks(), 1)));
    for (List<String> variable : Queries.rows(connection, server.variables(), 2)) {
      values.put(variable.get(0), variable.get(1));
    }
    return new SessionState(values);
  }

  /** Says what is different here from an earlier state. */
  List<String> since(SessionState before) {
    List<String> changes = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          String then = before.values().get(name);
          if (!value.equals(then)) {
            changes.add("%s: %s, was %s".formatted(name, value, then));
          }
        });
    return changes;
  }
}
