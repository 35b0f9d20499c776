package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.internal.ScriptedBookkeeping.Bound;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** SQLite: DDL rolls back, one writer at a time, no SQLStates. */
final class SqliteDialect implements Dialect {

  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int CONSTRAINT = 19;

  private static final int MAX_IDENTIFIER_LENGTH = 128;

  /** Even who would not wait for the lock lets a reader finish its row. */
  private static final long LEAST_COMMIT_PATIENCE = 1000;

  /** Seconds of an epoch stay below this number until the year 5138; milliseconds are above. */
  private static final long MILLIS_FROM = 100_000_000_000L;

  @Override
  public String product() {
    return "SQLite";
  }

  @Override
  public boolean commitsOnDdl() {
    return false;
  }

  /** Always named, so that a temporary table of the same name cannot take the history's place. */
  @Override
  public String defaultSchema() {
    return "main";
  }

  @Override
  public String schemaOf(Statements statements, String history, boolean exists) {
    return defaultSchema();
  }

  @Override
  public int maxIdentifierLength() {
    return MAX_IDENTIFIER_LENGTH;
  }

  @Override
  public Presence presence(Statements statements, Tables tables) {
    return new Presence(exists(statements, tables.history()), exists(statements, tables.journal()));
  }

  private static boolean exists(Statements statements, String table) {
    return !typeOf(statements, table).isEmpty();
  }

  private static String typeOf(Statements statements, String table) {
    String schema = table.substring(0, schemaEnd(table));
    String name = table.substring(schemaEnd(table) + 1);
    if (name.startsWith("\"")) {
      name = name.substring(1, name.length() - 1).replace("\"\"", "\"");
    }
    return statements.queryString(
        "SELECT type FROM "
            + schema
            + ".sqlite_master"
            + " WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE",
        name);
  }

  private static int schemaEnd(String table) {
    return table.indexOf("\".") + 1;
  }

  @Override
  public String objection(Statements statements, Tables tables) {
    String type = typeOf(statements, tables.history());
    return type.equals("table") ? "" : "a " + type + ", not a table";
  }

  @Override
  public Refusal refusal(SQLException exception) {
    return switch (exception.getErrorCode() & 0xff) {
      case BUSY, LOCKED -> Refusal.BUSY;
      case READ_ONLY -> Refusal.READ_ONLY;
      case CONSTRAINT -> Refusal.DUPLICATE;
      default -> Refusal.OTHER;
    };
  }

  @Override
  public String warning(Statements statements) {
    String file =
        statements.queryString("SELECT file FROM pragma_database_list WHERE name = 'main'");
    return file.isEmpty() ? Lines.SQLITE_IN_MEMORY : "";
  }

  @Override
  public void prepareWrite(Statements statements, Tables tables, Duration patience) {
    statements.update("PRAGMA busy_timeout = " + patience.toMillis());
  }

  /**
   * A transaction begins deferred: one that reads first and writes later fails at once when another
   * has written meanwhile. A first statement that writes takes the lock and waits for it.
   */
  @Override
  public void lockWrites(
      Statements statements, Tables tables, Duration patience, MigrationOptions options) {
    statements.update("PRAGMA busy_timeout = " + patience.toMillis());
    statements.update("DELETE FROM " + tables.history() + " WHERE 1 = 0");
    // From here on only readers are in the way, and only of the commit.
    statements.update(
        "PRAGMA busy_timeout = "
            + Math.max(options.lockTimeout().toMillis(), LEAST_COMMIT_PATIENCE));
  }

  @Override
  public Map<String, String> settings(Statements statements) {
    return statements.firstRow(
        """
        SELECT (SELECT timeout FROM pragma_busy_timeout),
          (SELECT foreign_keys FROM pragma_foreign_keys)""",
        "busy_timeout",
        "foreign_keys");
  }

  @Override
  public Bound setting(String name, String value) {
    return Bound.of("PRAGMA " + name + " = " + value);
  }

  @Override
  public boolean beginsAnew(Statements statements) {
    try {
      statements.update("BEGIN");
      return true;
    } catch (HistoryException e) {
      return false;
    }
  }

  /** Reads UTC text as {@code CURRENT_TIMESTAMP} writes it, ISO 8601, or a number of an epoch. */
  @Override
  public Instant readTime(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    if (text == null) {
      return Instant.EPOCH;
    }
    String time = text.strip().replace(' ', 'T').toUpperCase(Locale.ROOT);
    try {
      if (time.chars().allMatch(c -> c >= '0' && c <= '9')) {
        long number = Long.parseLong(time);
        return number < MILLIS_FROM ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
      }
      return time.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
          ? OffsetDateTime.parse(time).toInstant()
          : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException | NumberFormatException e) {
      return Instant.EPOCH;
    }
  }

  // --- rehearsals

  @Override
  public SqlSyntax syntax() {
    return SqlSyntax.SQLITE;
  }

  @Override
  public ScriptFrame scriptFrame(Tables tables, MigrationOptions options) {
    return new ScriptFrame(List.of(".bail on"), List.of("BEGIN IMMEDIATE;"), List.of("COMMIT;"));
  }
}
