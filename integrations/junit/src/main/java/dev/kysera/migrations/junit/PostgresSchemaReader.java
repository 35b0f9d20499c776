package dev.kysera.migrations.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads PostgreSQL's catalog: every schema but the system's own, without what an extension owns.
 * The texts of constraints, indexes, views and functions are those that PostgreSQL writes itself,
 * but for the casts that it moves about in conditions.
 */
final class PostgresSchemaReader implements SchemaReader {

  private static final Pattern HAS_CONDITION = Pattern.compile("(?:constraint|(?:unique )?index) ");

  @Override
  public Schema read(Connection connection, HistoryTables history) throws SQLException {
    SchemaCollector found = new SchemaCollector("PostgreSQL");
    String current = Query.text(connection, "select current_schema()");
    for (Query.Row row : Query.rows(connection, PostgresCatalog.OBJECTS)) {
      Kind kind = Kind.valueOf(row.text(1).toUpperCase(Locale.ROOT));
      if (kind == Kind.TABLE && history.include(row.text(4), row.text(5), current)) {
        found.history(row.text(3));
      } else if (kind == Kind.TABLE && row.has(6)) {
        found.table(row.text(2), row.text(6), row.text(3));
      } else {
        found.object(kind, row.text(2), row.text(3));
      }
    }
    for (Query.Row row : Query.rows(connection, PostgresCatalog.LINES)) {
      String line = row.text(3);
      found.line(
          Kind.valueOf(row.text(1).toUpperCase(Locale.ROOT)),
          row.text(2),
          HAS_CONDITION.matcher(line).lookingAt()
              ? PostgresExpression.withoutTextCasts(line)
              : line);
    }
    for (Query.Row row : Query.rows(connection, PostgresCatalog.DEFINITIONS)) {
      found.definition(
          Kind.valueOf(row.text(1).toUpperCase(Locale.ROOT)), row.text(2), row.text(3));
    }
    return found.schema();
  }
}
