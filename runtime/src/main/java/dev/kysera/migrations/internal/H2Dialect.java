package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** H2: DDL commits, no advisory locks, and a catalog of living sessions. */
final class H2Dialect implements Dialect {

  private static final Set<String> MISSING_TABLE = Set.of("42S02", "42S03", "42S04");
  private static final Set<Integer> BUSY = Set.of(50200, 90131, 40001);
  private static final String LOCK_TIMEOUT = "LOCK_TIMEOUT";
  private static final String QUERY_TIMEOUT = "QUERY_TIMEOUT";
  private static final String SEARCH_PATH = "SCHEMA_SEARCH_PATH";
  private static final int DUPLICATE_KEY = 23505;
  private static final int TABLE_EXISTS = 42101;
  private static final int READ_ONLY = 90097;

  @Override
  public String product() {
    return "H2";
  }

  @Override
  public boolean commitsOnDdl() {
    return true;
  }

  /** The name may resolve along the search path; only the columns of a result tell where. */
  @Override
  public String schemaOf(Statements statements, String history, boolean exists) {
    return exists
        ? statements.catalog().schemaOf("SELECT name FROM " + history + " WHERE 1 = 0")
        : statements.queryString("SELECT SCHEMA()");
  }

  @Override
  public int maxIdentifierLength() {
    return 256;
  }

  @Override
  public Presence presence(Statements statements, Tables tables) {
    return new Presence(exists(statements, tables.history()), exists(statements, tables.journal()));
  }

  private boolean exists(Statements statements, String table) {
    return statements.succeeds("SELECT 1 FROM " + table + " WHERE 1 = 0", MISSING_TABLE);
  }

  @Override
  public String objection(Statements statements, Tables tables) {
    String type =
        statements.queryString(
            """
            SELECT TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?""",
            statements.catalog().schemaOf("SELECT name FROM " + tables.history() + " WHERE 1 = 0"),
            statements.catalog().tableOf("SELECT name FROM " + tables.history() + " WHERE 1 = 0"));
    return type.equals("BASE TABLE") ? "" : "a " + type.toLowerCase(Locale.ROOT) + ", not a table";
  }

  /** In its mode for SQL Server, H2 takes NULLs for equal unless told otherwise. */
  @Override
  public String uniqueUnlessNull(Statements statements) {
    String mode =
        statements.queryString(
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'MODE'");
    return mode.equals("MSSQLServer") ? "UNIQUE NULLS DISTINCT" : "UNIQUE";
  }

  @Override
  public String sessionStartColumn() {
    return "\n  session_start TIMESTAMP(9) WITH TIME ZONE,";
  }

  @Override
  public String sessionRef(Attempt attempt) {
    return "CAST(SESSION_ID() AS VARCHAR(128))";
  }

  @Override
  public String sessionStart() {
    return "(SELECT SESSION_START FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID ="
        + " SESSION_ID())";
  }

  /**
   * Our own session counts as dead: a pooled session outlives the run that left the attempt.
   * Somebody who is not an administrator sees no other session and so can conclude nothing.
   */
  @Override
  public Liveness liveness(Statements statements, Tables tables, OpenAttempt attempt) {
    String owner =
        statements.queryString(
            """
            SELECT CASE
              WHEN J.session_ref = CAST(SESSION_ID() AS VARCHAR(128))
                AND J.session_start = %s THEN 'DEAD'
              WHEN EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS S
                WHERE CAST(S.SESSION_ID AS VARCHAR(128)) = J.session_ref
                  AND S.SESSION_START = J.session_start) THEN 'ALIVE'
              WHEN EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.USERS U
                WHERE U.USER_NAME = CURRENT_USER AND U.IS_ADMIN) THEN 'DEAD'
              ELSE 'UNKNOWN' END
            FROM %s J WHERE J.id = ?"""
                .formatted(sessionStart(), tables.journal()),
            attempt.id());
    return owner.isEmpty() ? Liveness.UNKNOWN : Liveness.valueOf(owner);
  }

  @Override
  public Refusal refusal(SQLException exception) {
    int code = exception.getErrorCode();
    if (code == DUPLICATE_KEY || code == TABLE_EXISTS) {
      return Refusal.DUPLICATE;
    }
    if (code == READ_ONLY) {
      return Refusal.READ_ONLY;
    }
    return BUSY.contains(code) ? Refusal.BUSY : Refusal.OTHER;
  }

  /** With other sessions about, a pool perhaps, the database does not end with ours. */
  @Override
  public String warning(Statements statements) {
    String vanishes =
        statements.queryString(
            """
            SELECT 1 WHERE DATABASE_PATH() IS NULL
              AND (SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS) = 1
              AND NOT EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.SETTINGS
                WHERE SETTING_NAME = 'DB_CLOSE_DELAY' AND SETTING_VALUE <> '0')""");
    return vanishes.isEmpty() ? "" : Lines.H2_IN_MEMORY;
  }

  @Override
  public boolean setsReadCommitted() {
    return true;
  }

  @Override
  public Map<String, String> settings(Statements statements) {
    return statements.firstRow(
        """
        SELECT LOCK_TIMEOUT(), (SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS
            WHERE SETTING_NAME = 'QUERY_TIMEOUT'),
          (SELECT STATE_COMMAND FROM INFORMATION_SCHEMA.SESSION_STATE
            WHERE STATE_KEY = 'SCHEMA_SEARCH_PATH')""",
        LOCK_TIMEOUT,
        QUERY_TIMEOUT,
        SEARCH_PATH);
  }

  @Override
  public Map<String, String> settingsOfRun(Map<String, String> lent, MigrationOptions options) {
    Map<String, String> wanted = lent;
    if (!options.ddlLockTimeout().isZero()) {
      wanted = SettingChange.in(wanted, LOCK_TIMEOUT, millis(options.ddlLockTimeout()));
    }
    return options.statementTimeout().isPresent()
        ? SettingChange.in(wanted, QUERY_TIMEOUT, millis(options.statementTimeout().get()))
        : wanted;
  }

  private static String millis(Duration duration) {
    return String.valueOf(Math.min(duration.toMillis(), Integer.MAX_VALUE));
  }

  @Override
  public boolean limitsStatements() {
    return true;
  }

  /**
   * A search path is told as the statement that sets it; none cannot be set, but one that adds
   * nothing.
   */
  @Override
  public void set(Statements statements, String name, String value) {
    if (name.equals(LOCK_TIMEOUT)) {
      statements.update("SET LOCK_TIMEOUT " + value);
    } else if (name.equals(QUERY_TIMEOUT)) {
      statements.update("SET QUERY_TIMEOUT " + value);
    } else {
      statements.update(
          value.isEmpty()
              ? "SET SCHEMA_SEARCH_PATH " + quote(statements.queryString("SELECT SCHEMA()"))
              : value);
    }
  }

  @Override
  public boolean mayHoldUncommittedWork(Statements statements) {
    return !statements
        .queryString(
            "SELECT CONTAINS_UNCOMMITTED FROM INFORMATION_SCHEMA.SESSIONS"
                + " WHERE SESSION_ID = SESSION_ID()")
        .equalsIgnoreCase("FALSE");
  }
}
