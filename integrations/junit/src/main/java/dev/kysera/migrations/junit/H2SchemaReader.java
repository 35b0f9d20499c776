package dev.kysera.migrations.junit;

import dev.kysera.migrations.junit.Query.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads H2's information schema: every schema but its own. Names in the case that H2 folds to are
 * shown in lower case, any other in quotes.
 */
final class H2SchemaReader implements SchemaReader {

  @Override
  public Schema read(Connection connection, HistoryTables history) throws SQLException {
    return new Reading(connection, history).read();
  }

  /** One reading of one database. */
  private static final class Reading {
    private final Connection connection;
    private final HistoryTables history;
    private final H2Names names;
    private final String current;
    private final SchemaCollector found = new SchemaCollector("H2");

    Reading(Connection connection, HistoryTables history) throws SQLException {
      this.connection = connection;
      this.history = history;
      this.names =
          new H2Names(
              isOn("DATABASE_TO_UPPER")
                  ? SqlNames.UPPER
                  : isOn("DATABASE_TO_LOWER") ? SqlNames.LOWER : SqlNames.ANY);
      this.current = Query.text(connection, "select schema()");
    }

    private boolean isOn(String setting) throws SQLException {
      return H2Names.rows(
              connection,
              "select setting_value from information_schema.settings where setting_name = "
                  + SqlNames.literal(setting))
          .stream()
          .anyMatch(row -> row.is(1, "true"));
    }

    Schema read() throws SQLException {
      readSchemas();
      readTables();
      readColumns();
      new H2Constraints(connection, names, found).read();
      readTriggers();
      readSequences();
      readDomains();
      readRoutines();
      return found.schema();
    }

    private List<Row> rows(String columns, String table, String schemaColumn) throws SQLException {
      return H2Names.rows(
          connection,
          "select %2$s, %1$s from information_schema.%3$s where %4$s"
              .formatted(columns, schemaColumn, table, H2Names.ofUser(schemaColumn)));
    }

    private void readSchemas() throws SQLException {
      for (Row row : rows("remarks", "schemata", "schema_name")) {
        if (!row.is(1, "PUBLIC")) {
          String name = names.shown(row.text(1));
          found.object(
              Kind.SCHEMA,
              name,
              "drop schema if exists " + H2Names.quoted(row.text(1)) + " cascade");
          comment(Kind.SCHEMA, name, row.text(2));
        }
      }
    }

    private void readTables() throws SQLException {
      List<Row> tables =
          rows(
              "table_name, table_type, table_class, remarks, storage_type",
              "tables",
              "table_schema");
      Set<String> behindViews = new TreeSet<>();
      for (Row row : tables) {
        if (row.text(4).endsWith("MaterializedView")) {
          behindViews.add(row.text(1) + "." + row.text(2) + "$1");
          behindViews.add(row.text(1) + "." + row.text(2) + "$2");
        }
      }
      for (Row row : tables) {
        Kind kind = kindOf(row);
        String name = names.of(row, 1);
        String drop =
            "drop %s if exists %s%s"
                .formatted(
                    kind.word(),
                    H2Names.qualified(row, 1),
                    kind == Kind.MATERIALIZED_VIEW ? "" : " cascade");
        if (history.include(row.text(1), row.text(2), current)) {
          found.history(drop);
        } else if (behindViews.contains(row.text(1) + "." + row.text(2))) {
          continue;
        } else if (kind == Kind.TABLE) {
          found.table(name, H2Names.qualified(row, 1), drop);
        } else {
          found.object(kind, name, drop);
        }
        if (kind == Kind.MATERIALIZED_VIEW) {
          readMaterializedView(H2Names.qualified(row, 1), name);
        }
        comment(kind, name, row.text(5));
        if (row.text(6).contains("TEMPORARY")) {
          found.line(kind, name, row.text(6).toLowerCase(Locale.ROOT));
        }
      }
      for (Row row : rows("table_name, view_definition, check_option", "views", "table_schema")) {
        if (row.has(3)) {
          found.definition(Kind.VIEW, names.of(row, 1), "as\n" + names.plain(row.text(3)));
        }
        if (!row.is(4, "NONE")) {
          found.line(Kind.VIEW, names.of(row, 1), "with check option");
        }
      }
    }

    /** The information schema does not tell the query of a materialized view; a script does. */
    private void readMaterializedView(String qualified, String name) throws SQLException {
      for (Row row : Query.rows(connection, "script nodata nopasswords nosettings")) {
        String statement = row.text(1);
        int query = statement.indexOf(" MATERIALIZED VIEW " + qualified);
        if (query >= 0) {
          found.definition(
              Kind.MATERIALIZED_VIEW,
              name,
              names.plain(
                  statement.substring(statement.indexOf("AS", query + qualified.length()))));
        }
      }
    }

    private static Kind kindOf(Row table) {
      if (table.text(4).endsWith("MaterializedView")) {
        return Kind.MATERIALIZED_VIEW;
      }
      return table.is(3, "VIEW") ? Kind.VIEW : Kind.TABLE;
    }

    private void readColumns() throws SQLException {
      for (Row row :
          rows(
              "table_name, column_name, data_type_sql(table_schema, table_name, 'TABLE',"
                  + " dtd_identifier), domain_schema, domain_name, column_default, is_nullable,"
                  + " is_identity, identity_generation, identity_start, identity_increment,"
                  + " identity_cycle, is_generated, generation_expression, column_on_update,"
                  + " is_visible, default_on_null, collation_name, remarks, identity_minimum,"
                  + " identity_maximum, identity_cache, data_type",
              "columns",
              "table_schema")) {
        StringBuilder line = new StringBuilder("column " + names.shown(row.text(3)) + " ");
        line.append(row.has(6) ? names.of(row.text(5), row.text(6)) : SqlNames.lower(row.text(4)));
        add(line, " collate ", row.is(19, "OFF") ? "" : row.text(19));
        if (row.is(14, "ALWAYS")) {
          line.append(" generated always as (").append(names.plain(row.text(15))).append(')');
        }
        add(line, " default ", names.plain(row.text(7)));
        line.append(row.is(18, "TRUE") ? " default on null" : "");
        add(line, " on update ", names.plain(row.text(16)));
        line.append(row.is(8, "NO") ? " not null" : "");
        if (row.is(9, "YES")) {
          line.append(row.is(10, "ALWAYS") ? " identity" : " identity by default");
          line.append(row.is(11, "1") ? "" : " start " + row.text(11));
          line.append(row.is(12, "1") ? "" : " increment " + row.text(12));
          line.append(row.is(21, "1") ? "" : " from " + row.text(21));
          line.append(row.is(22, greatest(row.text(24))) ? "" : " to " + row.text(22));
          line.append(row.is(23, "32") ? "" : " cache " + row.text(23));
          line.append(row.is(13, "YES") ? " cycle" : "");
        }
        line.append(row.is(17, "FALSE") ? " invisible" : "");
        add(line, " comment ", row.has(20) ? SqlNames.literal(row.text(20)) : "");
        // A view keeps the types of its columns until something makes H2 compile it again.
        found.line(Kind.TABLE, names.of(row, 1), line.toString());
        found.line(Kind.MATERIALIZED_VIEW, names.of(row, 1), line.toString());
      }
    }

    /** Where the values of an identity column end, if nobody says anything else. */
    private static String greatest(String type) {
      return switch (type) {
        case "TINYINT" -> String.valueOf(Byte.MAX_VALUE);
        case "SMALLINT" -> String.valueOf(Short.MAX_VALUE);
        case "INTEGER" -> String.valueOf(Integer.MAX_VALUE);
        default -> String.valueOf(Long.MAX_VALUE);
      };
    }

    private void readTriggers() throws SQLException {
      for (Row row :
          rows(
              "trigger_name, event_object_schema, event_object_table, action_timing,"
                  + " event_manipulation, action_orientation, java_class",
              "triggers",
              "trigger_schema")) {
        String line =
            "trigger %s %s %s for each %s call %s"
                .formatted(
                    names.shown(row.text(2)),
                    SqlNames.lower(row.text(5)),
                    SqlNames.lower(row.text(6)),
                    SqlNames.lower(row.text(7)),
                    row.text(8));
        found.line(Kind.TABLE, names.of(row.text(3), row.text(4)), line);
        found.line(Kind.VIEW, names.of(row.text(3), row.text(4)), line);
      }
    }

    private void readSequences() throws SQLException {
      for (Row row :
          rows(
              "sequence_name, declared_data_type, start_value, increment, minimum_value,"
                  + " maximum_value, cycle_option, cache, remarks",
              "sequences",
              "sequence_schema")) {
        String name = names.of(row, 1);
        found.object(Kind.SEQUENCE, name, "drop sequence if exists " + H2Names.qualified(row, 1));
        found.line(
            Kind.SEQUENCE,
            name,
            "as %s start %s increment %s from %s to %s%s%s"
                .formatted(
                    SqlNames.lower(row.text(3)),
                    row.text(4),
                    row.text(5),
                    row.text(6),
                    row.text(7),
                    row.is(9, "32") ? "" : " cache " + row.text(9),
                    row.is(8, "YES") ? " cycle" : ""));
        comment(Kind.SEQUENCE, name, row.text(10));
      }
    }

    private void readDomains() throws SQLException {
      for (Row row :
          rows(
              "domain_name, data_type_sql(domain_schema, domain_name, 'DOMAIN', dtd_identifier),"
                  + " domain_default, domain_on_update, remarks",
              "domains",
              "domain_schema")) {
        String name = names.of(row, 1);
        found.object(
            Kind.TYPE, name, "drop domain if exists " + H2Names.qualified(row, 1) + " cascade");
        StringBuilder line = new StringBuilder("as domain " + SqlNames.lower(row.text(3)));
        add(line, " default ", names.plain(row.text(4)));
        add(line, " on update ", names.plain(row.text(5)));
        found.line(Kind.TYPE, name, line.toString());
        comment(Kind.TYPE, name, row.text(6));
      }
      for (Row row :
          H2Names.rows(
              connection,
              "select d.domain_schema, d.domain_name, d.constraint_name, c.check_clause"
                  + " from information_schema.domain_constraints d"
                  + " join information_schema.check_constraints c"
                  + " on c.constraint_schema = d.constraint_schema"
                  + " and c.constraint_name = d.constraint_name")) {
        found.line(
            Kind.TYPE,
            names.of(row, 1),
            names.constraint(row.text(3)) + "check (" + names.plain(row.text(4)) + ")");
      }
    }

    private void readRoutines() throws SQLException {
      for (Row row :
          rows(
              "routine_name, external_name, routine_definition, routine_type",
              "routines",
              "routine_schema")) {
        String name = names.of(row, 1);
        Kind kind = row.is(5, "AGGREGATE") ? Kind.AGGREGATE : Kind.FUNCTION;
        if (!found.has(kind, name)) {
          found.object(
              kind,
              name,
              "drop %s if exists %s"
                  .formatted(
                      kind == Kind.AGGREGATE ? "aggregate" : "alias", H2Names.qualified(row, 1)));
        }
        found.definition(kind, name, row.has(3) ? row.text(3) : row.text(4));
      }
      for (Row row : rows("constant_name, value_definition", "constants", "constant_schema")) {
        found.object(
            Kind.CONSTANT,
            names.of(row, 1),
            "drop constant if exists " + H2Names.qualified(row, 1));
        found.line(Kind.CONSTANT, names.of(row, 1), "value " + row.text(3));
      }
      for (Row row :
          rows("synonym_name, synonym_for_schema, synonym_for", "synonyms", "synonym_schema")) {
        found.object(
            Kind.SYNONYM, names.of(row, 1), "drop synonym if exists " + H2Names.qualified(row, 1));
        found.line(Kind.SYNONYM, names.of(row, 1), "for " + names.of(row.text(3), row.text(4)));
      }
    }

    private void comment(Kind kind, String name, String text) {
      if (!text.isEmpty()) {
        found.line(kind, name, "comment " + SqlNames.literal(text));
      }
    }
  }

  private static void add(StringBuilder line, String before, String text) {
    if (!text.isEmpty()) {
      line.append(before).append(text);
    }
  }
}
