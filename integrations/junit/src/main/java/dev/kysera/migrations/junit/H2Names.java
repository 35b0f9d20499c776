package dev.kysera.migrations.junit;

import dev.kysera.migrations.junit.Query.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the names of H2 are shown and written.
 *
 * @param names the case that the database folds names to
 */
record H2Names(SqlNames names) {

  /** What H2 calls a constraint or an index that got no name. */
  private static final Pattern MADE_UP =
      Pattern.compile(
          "(?i)(CONSTRAINT|INDEX|PRIMARY_KEY|UNIQUE_INDEX|CONSTRAINT_INDEX)_[0-9A-F_]+");

  /**
   * Asks the information schema in upper case: H2 finds its names so whether names are folded to
   * upper case, to lower case or not at all.
   */
  static List<Row> rows(Connection connection, String sql) throws SQLException {
    return Query.rows(connection, SqlNames.upper(sql));
  }

  /** A condition that the schema is none of the system's own, whichever case H2 shows them in. */
  static String ofUser(String schemaColumn) {
    return "lower(%s) not in ('information_schema', 'pg_catalog')".formatted(schemaColumn);
  }

  String shown(String name) {
    return names.shown(name);
  }

  String plain(String sql) {
    return names.plain(sql);
  }

  /** The name whose schema is in one column, and itself in the next. */
  String of(Row row, int column) {
    return of(row.text(column), row.text(column + 1));
  }

  String of(String schema, String name) {
    return (schema.equalsIgnoreCase("PUBLIC") ? "" : shown(schema) + ".") + shown(name);
  }

  /** The beginning of a constraint's line. */
  String constraint(String name) {
    return isMadeUp(name) ? "" : "constraint " + shown(name) + " ";
  }

  static boolean isMadeUp(String name) {
    return MADE_UP.matcher(name).matches();
  }

  static String qualified(Row row, int column) {
    return quoted(row.text(column)) + "." + quoted(row.text(column + 1));
  }

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
