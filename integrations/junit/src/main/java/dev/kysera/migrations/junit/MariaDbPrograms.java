package dev.kysera.migrations.junit;

import dev.kysera.migrations.junit.Query.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Reads what MariaDB runs by itself or when it is called: triggers, routines and events. */
final class MariaDbPrograms {

  private final Connection connection;
  private final SchemaCollector found;

  MariaDbPrograms(Connection connection, SchemaCollector found) {
    this.connection = connection;
    this.found = found;
  }

  void read() throws SQLException {
    readTriggers();
    readRoutines();
    readEvents();
  }

  private void readTriggers() throws SQLException {
    for (Row row :
        MariaDbSchemaReader.rows(
            connection,
            "event_object_table, trigger_name, action_timing, event_manipulation,"
                + " action_statement",
            "triggers",
            "trigger_schema",
            "")) {
      found.line(
          Kind.TABLE,
          MariaDbSchemaReader.shown(row.text(1)),
          "trigger %s %s %s for each row %s"
              .formatted(
                  MariaDbSchemaReader.shown(row.text(2)),
                  row.text(3).toLowerCase(Locale.ROOT),
                  row.text(4).toLowerCase(Locale.ROOT),
                  row.text(5).strip()));
    }
  }

  private void readRoutines() throws SQLException {
    List<Row> routines =
        MariaDbSchemaReader.rows(
            connection,
            "routine_name, routine_type, dtd_identifier, is_deterministic, sql_data_access,"
                + " routine_definition, routine_comment, security_type",
            "routines",
            "routine_schema",
            "");
    for (Row row : routines) {
      Kind kind = row.is(2, "PROCEDURE") ? Kind.PROCEDURE : Kind.FUNCTION;
      String name = MariaDbSchemaReader.shown(row.text(1));
      found.object(
          kind,
          name,
          "drop " + kind.word() + " if exists " + MariaDbSchemaReader.quoted(row.text(1)));
      found.definition(
          kind,
          name,
          (row.has(3) ? "returns " + row.text(3) + "\n" : "")
              + (row.is(4, "YES") ? "deterministic\n" : "")
              + row.text(5).toLowerCase(Locale.ROOT)
              + (row.is(8, "INVOKER") ? "\nsql security invoker" : "")
              + "\n"
              + row.text(6));
      if (row.has(7)) {
        found.line(kind, name, "comment " + SqlNames.literal(row.text(7)));
      }
    }
    if (!routines.isEmpty()) {
      for (Row row :
          MariaDbSchemaReader.rows(
              connection,
              "specific_name, routine_type, ordinal_position, parameter_mode, parameter_name,"
                  + " dtd_identifier",
              "parameters",
              "specific_schema",
              " and parameter_name is not null")) {
        found.line(
            row.is(2, "PROCEDURE") ? Kind.PROCEDURE : Kind.FUNCTION,
            MariaDbSchemaReader.shown(row.text(1)),
            "parameter %s %s %s %s"
                .formatted(
                    row.text(3),
                    row.text(4).toLowerCase(Locale.ROOT),
                    MariaDbSchemaReader.shown(row.text(5)),
                    row.text(6)));
      }
    }
  }

  private void readEvents() throws SQLException {
    for (Row row :
        MariaDbSchemaReader.rows(
            connection,
            "event_name, interval_value, interval_field, execute_at, status, event_definition,"
                + " on_completion, event_comment",
            "events",
            "event_schema",
            "")) {
      String name = MariaDbSchemaReader.shown(row.text(1));
      found.object(
          Kind.EVENT, name, "drop event if exists " + MariaDbSchemaReader.quoted(row.text(1)));
      found.line(
          Kind.EVENT,
          name,
          "%s %s %s"
              .formatted(
                  row.has(2) ? "every " + row.text(2) : "once",
                  row.text(3).toLowerCase(Locale.ROOT),
                  row.text(5).toLowerCase(Locale.ROOT)));
      if (row.is(7, "PRESERVE")) {
        found.line(Kind.EVENT, name, "on completion preserve");
      }
      if (row.has(8)) {
        found.line(Kind.EVENT, name, "comment " + SqlNames.literal(row.text(8)));
      }
      found.definition(Kind.EVENT, name, "do\n" + row.text(6));
    }
  }
}
