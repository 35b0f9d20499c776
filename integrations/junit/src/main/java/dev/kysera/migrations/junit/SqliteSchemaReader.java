package dev.kysera.migrations.junit;

import dev.kysera.migrations.junit.Query.Row;
import dev.kysera.migrations.junit.SqliteTokens.Token;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the statements that SQLite keeps of its main database. */
final class SqliteSchemaReader implements SchemaReader {

  @Override
  public Schema read(Connection connection, HistoryTables history) throws SQLException {
    SchemaCollector found = new SchemaCollector("SQLite");
    Set<String> shadows = new HashSet<>();
    for (Row row :
        Query.rows(
            connection,
            "select name from pragma_table_list where schema = 'main' and type = 'shadow'")) {
      shadows.add(row.text(1));
    }
    List<Row> rows =
        Query.rows(
            connection,
            "select type, name, tbl_name, sql from sqlite_master"
                + " where name not like 'sqlite\\_%' escape '\\' and sql is not null");
    for (Row row : rows) {
      if (row.is(1, "table") && history.include("main", row.text(2), "main")) {
        found.history("drop table if exists " + quoted(row.text(2)));
      } else if (row.is(1, "table") && !shadows.contains(row.text(2))) {
        String name = shown(row.text(2));
        found.table(name, quoted(row.text(2)), "drop table if exists " + quoted(row.text(2)));
        SqliteTable.lines(row.text(4)).forEach(line -> found.line(Kind.TABLE, name, line));
      } else if (row.is(1, "view")) {
        String name = shown(row.text(2));
        found.object(Kind.VIEW, name, "drop view if exists " + quoted(row.text(2)));
        found.line(Kind.VIEW, name, behindName(row.text(4), "view"));
      }
    }
    for (Row row : rows) {
      if (row.is(1, "index")) {
        found.line(Kind.TABLE, shown(row.text(3)), index(row));
      } else if (row.is(1, "trigger")) {
        String line = "trigger " + shown(row.text(2)) + " " + behindName(row.text(4), "trigger");
        found.line(Kind.TABLE, shown(row.text(3)), line);
        found.line(Kind.VIEW, shown(row.text(3)), line);
      }
    }
    return found.schema();
  }

  /** Rows that refer to a table would keep it. */
  @Override
  public void drop(Connection connection, List<String> statements) throws SQLException {
    boolean enforced = Query.text(connection, "pragma foreign_keys").equals("1");
    Query.execute(connection, "pragma foreign_keys = off");
    try {
      SchemaReader.super.drop(connection, statements);
    } finally {
      if (enforced) {
        Query.execute(connection, "pragma foreign_keys = on");
      }
    }
  }

  private static String index(Row row) {
    List<Token> tokens = SqliteTokens.of(row.text(4));
    boolean unique = tokens.get(1).is("unique");
    int on = 0;
    while (!tokens.get(on).is("on")) {
      on++;
    }
    List<Token> columns =
        tokens.subList(on + 2, tokens.size()).stream().filter(token -> !token.is("asc")).toList();
    return (unique ? "unique index " : "index ")
        + shown(row.text(2))
        + " "
        + SqliteTokens.line(columns);
  }

  /** What stands behind the name in a statement that creates something. */
  private static String behindName(String sql, String kind) {
    List<Token> tokens = SqliteTokens.of(sql);
    int at = 0;
    while (!tokens.get(at).is(kind)) {
      at++;
    }
    at++;
    if (tokens.get(at).is("if")) {
      at += 3;
    }
    at++;
    if (tokens.get(at).isSymbol(".")) {
      at += 2;
    }
    return SqliteTokens.line(tokens.subList(at, tokens.size()));
  }

  private static String shown(String name) {
    return SqlNames.ANY.shown(name.toLowerCase(Locale.ROOT));
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
