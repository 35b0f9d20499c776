package dev.kysera.migrations.junit;

import dev.kysera.migrations.junit.Query.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads MariaDB's information schema: the database of the connection. */
final class MariaDbSchemaReader implements SchemaReader {

  /** What MariaDB calls a check or a foreign key that got no name. */
  private static final Pattern MADE_UP = Pattern.compile("CONSTRAINT_\\d+|.*_ibfk_\\d+|\\d+");

  /** Literals first, so that a name inside one is not taken for a name. */
  private static final Pattern NAME_OR_LITERAL =
      Pattern.compile("'(?:[^'\\\\]|''|\\\\.)*'|`([^`]+)`\\.?");

  private static final Pattern FOREIGN_KEY =
      Pattern.compile("(?:constraint (\\S+) )?foreign key \\((([^,)]+)[^)]*)\\) references .*");

  /**
   * MariaDB makes an index for a foreign key that has none, and leaves it when the key is dropped.
   */
  @Override
  public List<String> leftovers(List<SchemaObject> objects) {
    List<String> leftovers = new ArrayList<>();
    for (SchemaObject object : objects) {
      for (String line : object.lines()) {
        Matcher key = FOREIGN_KEY.matcher(line);
        if (key.matches()) {
          String name = key.group(1) == null ? key.group(3) : key.group(1);
          leftovers.add(object.heading() + ": index " + name + " (" + key.group(2) + ")");
        }
      }
    }
    return leftovers;
  }

  @Override
  public void drop(Connection connection, List<String> statements) throws SQLException {
    String checks = Query.text(connection, "select @@foreign_key_checks");
    Query.execute(connection, "set foreign_key_checks = 0");
    try {
      SchemaReader.super.drop(connection, statements);
    } finally {
      Query.execute(connection, "set foreign_key_checks = " + checks);
    }
  }

  @Override
  public Schema read(Connection connection, HistoryTables history) throws SQLException {
    return new Reading(connection, history).read();
  }

  /** One reading of one database. */
  private static final class Reading {
    private final Connection connection;
    private final HistoryTables history;
    private final String database;
    private final Map<String, String> collations = new LinkedHashMap<>();
    private final SchemaCollector found = new SchemaCollector("MariaDB");

    Reading(Connection connection, HistoryTables history) throws SQLException {
      this.connection = connection;
      this.history = history;
      this.database = Query.text(connection, "select database()");
    }

    Schema read() throws SQLException {
      readTables();
      readColumns();
      readIndexes();
      readForeignKeys();
      readChecks();
      readViews();
      readPartitions();
      new MariaDbPrograms(connection, found).read();
      return found.schema();
    }

    private void readTables() throws SQLException {
      String collation = Query.text(connection, "select @@collation_database");
      for (Row row :
          rows(
              connection,
              "table_name, table_type, engine, table_collation, table_comment, create_options",
              "tables",
              "table_schema",
              "")) {
        String name = shown(row.text(1));
        if (row.is(2, "VIEW")) {
          found.object(Kind.VIEW, name, "drop view if exists " + quoted(row.text(1)));
        } else if (row.is(2, "SEQUENCE")) {
          found.object(Kind.SEQUENCE, name, "drop sequence if exists " + quoted(row.text(1)));
          readSequence(row.text(1));
        } else if (history.include(database, row.text(1), database)) {
          found.history("drop table if exists " + quoted(row.text(1)));
        } else {
          found.table(name, quoted(row.text(1)), "drop table if exists " + quoted(row.text(1)));
          collations.put(row.text(1), row.text(4));
          line(name, "engine ", row.is(3, "InnoDB") ? "" : row.text(3));
          line(name, "collation ", row.is(4, collation) ? "" : row.text(4));
          line(name, "with ", row.text(6).replace("partitioned", "").strip());
          line(name, "comment ", row.has(5) ? SqlNames.literal(row.text(5)) : "");
          if (row.is(2, "SYSTEM VERSIONED")) {
            found.line(Kind.TABLE, name, "with system versioning");
          }
        }
      }
    }

    private void line(String table, String before, String text) {
      if (!text.isEmpty()) {
        found.line(Kind.TABLE, table, before + text);
      }
    }

    private void readSequence(String name) throws SQLException {
      for (Row row :
          Query.rows(
              connection,
              "select start_value, increment, minimum_value, maximum_value, cache_size, cycle_option"
                  + " from "
                  + quoted(name))) {
        found.line(
            Kind.SEQUENCE,
            shown(name),
            "start %s increment %s from %s to %s%s%s"
                .formatted(
                    row.text(1),
                    row.text(2),
                    row.text(3),
                    row.text(4),
                    row.is(5, "1000") ? "" : " cache " + row.text(5),
                    row.is(6, "1") ? " cycle" : ""));
      }
    }

    private void readColumns() throws SQLException {
      for (Row row :
          rows(
              connection,
              "table_name, column_name, column_type, collation_name, column_default, is_nullable,"
                  + " extra, generation_expression, column_comment",
              "columns",
              "table_schema",
              "")) {
        String table = row.text(1);
        boolean ownCollation = row.has(4) && !row.is(4, collations.getOrDefault(table, ""));
        String extra = SqlNames.lower(row.text(7));
        boolean generated = row.has(8);
        String line =
            "column "
                + shown(row.text(2))
                + " "
                + row.text(3)
                + (ownCollation && collations.containsKey(table) ? " collate " + row.text(4) : "")
                + (generated ? " generated always as (" + plain(row.text(8)) + ")" : "")
                + (!row.has(5) || row.is(5, "NULL") || generated
                    ? ""
                    : " default " + plain(row.text(5)))
                + (row.is(6, "NO") ? " not null" : "")
                + (extra.isEmpty() ? "" : " " + extra.replace(" generated", ""))
                + (row.has(9) ? " comment " + SqlNames.literal(row.text(9)) : "");
        found.line(Kind.TABLE, shown(table), line);
        found.line(Kind.VIEW, shown(table), line);
      }
    }

    private void readIndexes() throws SQLException {
      record Index(String table, String name, String kind) {}
      Map<Index, String> columns = new LinkedHashMap<>();
      for (Row row :
          rows(
              connection,
              "table_name, index_name, non_unique, column_name, collation, sub_part, index_type,"
                  + " index_comment, ignored",
              "statistics",
              "table_schema",
              " order by table_name, index_name, seq_in_index")) {
        String type = row.text(7).toLowerCase(Locale.ROOT);
        String kind =
            (row.is(3, "0") ? "unique " : "")
                + (type.equals("btree") ? "index" : type + " index")
                + (row.has(8) ? " comment " + SqlNames.literal(row.text(8)) : "")
                + (row.is(9, "YES") ? " ignored" : "");
        columns.merge(
            new Index(row.text(1), row.text(2), kind),
            shown(row.text(4))
                + (row.has(6) ? "(" + row.text(6) + ")" : "")
                + (row.is(5, "D") ? " desc" : ""),
            (a, b) -> a + ", " + b);
      }
      columns.forEach(
          (index, list) ->
              found.line(
                  Kind.TABLE,
                  shown(index.table()),
                  index.name().equals("PRIMARY")
                      ? "primary key (" + list + ")"
                      : index.kind() + " " + shown(index.name()) + " (" + list + ")"));
    }

    private void readForeignKeys() throws SQLException {
      record Key(String table, String name) {}
      Map<Key, String> columns = new LinkedHashMap<>();
      Map<Key, String> targets = new LinkedHashMap<>();
      for (Row row :
          rows(
              connection,
              "table_name, constraint_name, column_name, referenced_table_schema,"
                  + " referenced_table_name, referenced_column_name",
              "key_column_usage",
              "table_schema",
              " and referenced_table_name is not null"
                  + " order by table_name, constraint_name, ordinal_position")) {
        Key key = new Key(row.text(1), row.text(2));
        String schema = row.is(4, database) ? "" : shown(row.text(4)) + ".";
        columns.merge(key, shown(row.text(3)), (a, b) -> a + ", " + b);
        targets.merge(
            key,
            schema + shown(row.text(5)) + " (" + shown(row.text(6)),
            (a, b) -> a + ", " + shown(row.text(6)));
      }
      for (Row row :
          rows(
              connection,
              "table_name, constraint_name, delete_rule, update_rule",
              "referential_constraints",
              "constraint_schema",
              "")) {
        Key key = new Key(row.text(1), row.text(2));
        found.line(
            Kind.TABLE,
            shown(key.table()),
            "%sforeign key (%s) references %s)%s%s"
                .formatted(
                    constraint(key.name()),
                    columns.get(key),
                    targets.get(key),
                    action(" on delete ", row.text(3)),
                    action(" on update ", row.text(4))));
      }
    }

    /** Here the default is called by the name of what it does. */
    private static String action(String when, String action) {
      return action.equalsIgnoreCase("RESTRICT") ? "" : SqlNames.action(when, action);
    }

    private void readChecks() throws SQLException {
      for (Row row :
          rows(
              connection,
              "table_name, constraint_name, level, check_clause",
              "check_constraints",
              "constraint_schema",
              "")) {
        String name = row.is(3, "Column") ? "" : constraint(row.text(2));
        found.line(Kind.TABLE, shown(row.text(1)), name + "check (" + plain(row.text(4)) + ")");
      }
    }

    private void readViews() throws SQLException {
      for (Row row :
          rows(
              connection,
              "table_name, view_definition, check_option, security_type",
              "views",
              "table_schema",
              "")) {
        String name = shown(row.text(1));
        found.line(Kind.VIEW, name, "as " + plain(row.text(2)));
        if (!row.is(3, "NONE")) {
          found.line(
              Kind.VIEW, name, "with " + row.text(3).toLowerCase(Locale.ROOT) + " check option");
        }
        if (row.is(4, "INVOKER")) {
          found.line(Kind.VIEW, name, "sql security invoker");
        }
      }
    }

    private void readPartitions() throws SQLException {
      for (Row row :
          rows(
              connection,
              "table_name, partition_name, partition_method, partition_expression,"
                  + " partition_description",
              "partitions",
              "table_schema",
              " and partition_name is not null")) {
        found.line(
            Kind.TABLE,
            shown(row.text(1)),
            "partition %s by %s (%s) values %s"
                .formatted(
                    shown(row.text(2)),
                    row.text(3).toLowerCase(Locale.ROOT),
                    plain(row.text(4)),
                    row.text(5)));
      }
    }

    /** An expression or a query without the name of the database and without needless quotes. */
    private String plain(String sql) {
      return NAME_OR_LITERAL
          .matcher(sql)
          .replaceAll(found -> Matcher.quoteReplacement(plain(found.group(), found.group(1))));
    }

    private String plain(String text, @Nullable String name) {
      if (name == null) {
        return text;
      }
      if (text.endsWith(".")) {
        return name.equals(database) ? "" : shown(name) + ".";
      }
      return shown(name);
    }
  }

  static List<Row> rows(
      Connection connection, String columns, String table, String schemaColumn, String rest)
      throws SQLException {
    return Query.rows(
        connection,
        "select %s from information_schema.%s where %s = database()%s"
            .formatted(columns, table, schemaColumn, rest));
  }

  private static String constraint(String name) {
    return MADE_UP.matcher(name).matches() ? "" : "constraint " + shown(name) + " ";
  }

  static String shown(String name) {
    return SqlNames.ANY.shown(name);
  }

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
