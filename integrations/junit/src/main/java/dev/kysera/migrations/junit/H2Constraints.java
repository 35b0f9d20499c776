package dev.kysera.migrations.junit;

import dev.kysera.migrations.junit.Query.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the keys, checks and indexes of H2's tables. */
final class H2Constraints {

  private final Connection connection;
  private final H2Names names;
  private final SchemaCollector found;

  H2Constraints(Connection connection, H2Names names, SchemaCollector found) {
    this.connection = connection;
    this.names = names;
    this.found = found;
  }

  void read() throws SQLException {
    readKeys();
    readForeignKeys();
    readChecks();
    readIndexes();
  }

  private void readKeys() throws SQLException {
    Map<String, String> columns = columnsOfConstraints();
    for (Row row :
        H2Names.rows(
            connection,
            "select constraint_schema, "
                + "constraint_name, constraint_type, table_schema, table_name, nulls_distinct, remarks"
                + " from information_schema.table_constraints")) {
      if (row.is(3, "PRIMARY KEY") || row.is(3, "UNIQUE")) {
        found.line(
            Kind.TABLE,
            names.of(row.text(4), row.text(5)),
            "%s%s%s (%s)%s"
                .formatted(
                    names.constraint(row.text(2)),
                    SqlNames.lower(row.text(3)),
                    row.is(6, "NO") ? " nulls not distinct" : "",
                    columns.getOrDefault(H2Names.qualified(row, 1), ""),
                    row.has(7) ? " comment " + SqlNames.literal(row.text(7)) : ""));
      }
    }
  }

  /** The columns of each key by the name of its constraint, in the order of the key. */
  private Map<String, String> columnsOfConstraints() throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    for (Row row :
        H2Names.rows(
            connection,
            "select constraint_schema, constraint_name, column_name"
                + " from information_schema.key_column_usage"
                + " order by constraint_schema, constraint_name, ordinal_position")) {
      columns.merge(H2Names.qualified(row, 1), names.shown(row.text(3)), (a, b) -> a + ", " + b);
    }
    return columns;
  }

  private void readForeignKeys() throws SQLException {
    Map<String, String> columns = columnsOfConstraints();
    Map<String, String> targets = new LinkedHashMap<>();
    for (Row row :
        H2Names.rows(
            connection,
            "select k.constraint_schema, k.constraint_name, t.table_schema, t.table_name,"
                + " t.column_name from information_schema.referential_constraints r"
                + " join information_schema.key_column_usage k"
                + " on k.constraint_schema = r.constraint_schema"
                + " and k.constraint_name = r.constraint_name"
                + " join information_schema.key_column_usage t"
                + " on t.constraint_schema = r.unique_constraint_schema"
                + " and t.constraint_name = r.unique_constraint_name"
                + " and t.ordinal_position = k.position_in_unique_constraint"
                + " order by 1, 2, k.ordinal_position")) {
      String column = names.shown(row.text(5));
      targets.merge(
          H2Names.qualified(row, 1),
          names.of(row.text(3), row.text(4)) + " (" + column,
          (a, b) -> a + ", " + column);
    }
    for (Row row :
        H2Names.rows(
            connection,
            "select r.constraint_schema, r.constraint_name, c.table_schema, c.table_name,"
                + " r.delete_rule, r.update_rule from information_schema.referential_constraints r"
                + " join information_schema.table_constraints c"
                + " on c.constraint_schema = r.constraint_schema"
                + " and c.constraint_name = r.constraint_name")) {
      found.line(
          Kind.TABLE,
          names.of(row.text(3), row.text(4)),
          "%sforeign key (%s) references %s)%s%s"
              .formatted(
                  names.constraint(row.text(2)),
                  columns.get(H2Names.qualified(row, 1)),
                  targets.get(H2Names.qualified(row, 1)),
                  SqlNames.action(" on delete ", row.text(5)),
                  SqlNames.action(" on update ", row.text(6))));
    }
  }

  private void readChecks() throws SQLException {
    for (Row row :
        H2Names.rows(
            connection,
            "select k.constraint_schema, k.constraint_name, c.table_schema, c.table_name,"
                + " k.check_clause, c.enforced from information_schema.check_constraints k"
                + " join information_schema.table_constraints c"
                + " on c.constraint_schema = k.constraint_schema"
                + " and c.constraint_name = k.constraint_name")) {
      found.line(
          Kind.TABLE,
          names.of(row.text(3), row.text(4)),
          names.constraint(row.text(2))
              + "check ("
              + names.plain(row.text(5))
              + ")"
              + (row.is(6, "NO") ? " not enforced" : ""));
    }
  }

  private void readIndexes() throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    for (Row row :
        H2Names.rows(
            connection,
            "select index_schema, index_name, column_name, ordering_specification, null_ordering"
                + " from information_schema.index_columns"
                + " order by index_schema, index_name, ordinal_position")) {
      columns.merge(
          H2Names.qualified(row, 1),
          names.shown(row.text(3))
              + (row.is(4, "DESC") ? " desc" : "")
              + (row.is(4, "DESC") == row.is(5, "LAST")
                  ? ""
                  : " nulls " + SqlNames.lower(row.text(5))),
          (a, b) -> a + ", " + b);
    }
    for (Row row :
        H2Names.rows(
            connection,
            "select index_schema, "
                + "index_name, table_schema, table_name, index_type_name, is_generated, nulls_distinct"
                + " from information_schema.indexes where "
                + H2Names.ofUser("index_schema"))) {
      if (row.is(6, "FALSE")) {
        found.line(
            Kind.TABLE,
            names.of(row.text(3), row.text(4)),
            "%s %s(%s)%s"
                .formatted(
                    SqlNames.lower(row.text(5)),
                    H2Names.isMadeUp(row.text(2)) ? "" : names.shown(row.text(2)) + " ",
                    columns.getOrDefault(H2Names.qualified(row, 1), ""),
                    row.is(7, "NO") ? " nulls not distinct" : ""));
      }
    }
  }
}
