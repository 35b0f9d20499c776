package dev.kysera.migrations.junit;

import dev.kysera.migrations.junit.Query.Row;
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
