package dev.kysera.migrations.junit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain JDBC: the texts of a catalog hold colons and question marks that JDBI would read. */
final class Query {

  private Query() {}

  /** A row of texts, without the nulls: an empty text stands for them. */
  record Row(List<String> values) {
    String text(int column) {
      return values.get(column - 1);
    }

    boolean has(int column) {
      return !text(column).isEmpty();
    }

    boolean is(int column, String value) {
      return text(column).equalsIgnoreCase(value);
    }
  }

  static List<Row> rows(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet found = statement.executeQuery()) {
        int columns = found.getMetaData().getColumnCount();
        List<Row> rows = new ArrayList<>();
        while (found.next()) {
          List<String> values = new ArrayList<>();
          for (int column = 1; column <= columns; column++) {
            values.add(orEmpty(found.getString(column)));
          }
          rows.add(new Row(values));
        }
        return rows;
      }
    }
  }

  static String text(Connection connection, String sql) throws SQLException {
    List<Row> rows = rows(connection, sql);
    return rows.isEmpty() ? "" : rows.get(0).text(1);
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
