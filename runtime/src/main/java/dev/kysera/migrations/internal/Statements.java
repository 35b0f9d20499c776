package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends statements of bookkeeping through plain JDBC: a first JDBI statement costs a cold JVM a
 * hundred times as much. Every failure becomes a {@link HistoryException} that names the statement.
 */
final class Statements {

  /** Reads one row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Works on a statement whose arguments are bound. */
  interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private final Connection connection;
  private final Dialect dialect;
  private final int timeoutSeconds;

  Statements(Connection connection, Dialect dialect) {
    this(connection, dialect, 0);
  }

  /**
   * Sends statements that give up.
   *
   * @param timeoutSeconds when; 0 for never
   */
  Statements(Connection connection, Dialect dialect, int timeoutSeconds) {
    this.connection = connection;
    this.dialect = dialect;
    this.timeoutSeconds = timeoutSeconds;
  }

  /** Questions to the driver's own knowledge of the database. */
  Catalog catalog() {
    return new Catalog(connection, this);
  }

  int update(String sql, @Nullable Object... arguments) {
    return with(
        sql,
        statement -> {
          boolean rows = statement.execute();
          return rows ? 0 : statement.getUpdateCount();
        },
        arguments);
  }

  /** Sends one statement with many rows of arguments; a driver may refuse to send none. */
  void updateAll(String sql, List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    with(
        sql,
        statement -> {
          for (@Nullable Object[] row : rows) {
            bind(statement, row);
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... arguments) {
    return with(
        sql,
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (row.next()) {
              rows.add(reader.read(row));
            }
            return rows;
          }
        },
        arguments);
  }

  /** Returns the first column of the first row, empty if there is none or it is null. */
  String queryString(String sql, @Nullable Object... arguments) {
    List<String> values =
        query(
            sql,
            row -> {
              String value = row.getString(1);
              return value == null ? "" : value;
            },
            arguments);
    return values.isEmpty() ? "" : values.get(0);
  }

  /** Returns the first row, its columns named in that order; a NULL is empty. */
  Map<String, String> firstRow(String sql, String... names) {
    return query(
            sql,
            row -> {
              Map<String, String> values = new LinkedHashMap<>();
              for (int i = 0; i < names.length; i++) {
                String value = row.getString(i + 1);
                values.put(names[i], value == null ? "" : value);
              }
              return values;
            })
        .get(0);
  }

  /** Says whether a query succeeds; one of those SQLStates means no, any other is an error. */
  boolean succeeds(String sql, Set<String> refusals) {
    try {
      query(sql, row -> true);
      return true;
    } catch (HistoryException e) {
      if (e.sqlState().map(refusals::contains).orElse(false)) {
        return false;
      }
      throw e;
    }
  }

  /** Returns the columns of a table for people. */
  List<String> columnsOf(String table) {
    return with(
        "SELECT * FROM " + table + " WHERE 1 = 0",
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              columns.add(row.getMetaData().getColumnName(i));
            }
            return columns;
          }
        });
  }

  <T> T with(String sql, Work<T> work, @Nullable Object... arguments) {
    return with(sql, sql, work, arguments);
  }

  /**
   * Works with what is too long to be shown when it fails.
   *
   * @param shown the part of it that matters to people
   */
  <T> T with(String shown, String sql, Work<T> work, @Nullable Object... arguments) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (timeoutSeconds > 0) {
        statement.setQueryTimeout(timeoutSeconds);
      }
      bind(statement, arguments);
      return work.on(statement);
    } catch (SQLException e) {
      throw failed(shown, e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
  }

  HistoryException failed(String statement, SQLException cause) {
    return new HistoryException(
        Messages.statementFailed(dialect.refusal(cause), statement, cause), cause);
  }

  Dialect.Refusal refusalOf(HistoryException exception) {
    return exception.getCause() instanceof SQLException cause
        ? dialect.refusal(cause)
        : Dialect.Refusal.OTHER;
  }
}
