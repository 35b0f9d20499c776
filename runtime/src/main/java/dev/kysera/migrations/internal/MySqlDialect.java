package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.internal.Attempt.Mode;
import dev.kysera.migrations.internal.risk.ExistingTables;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.math.BigDecimal;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * MySQL and MariaDB: DDL commits, and a session shows that it lives by a lock of GET_LOCK, which
 * the server holds for it, through every commit, until it ends.
 *
 * @param product what the server calls itself
 * @param isolation the name of the variable that holds the isolation
 * @param readOnly the name of the variable that forbids transactions to write
 */
record MySqlDialect(String product, String isolation, String readOnly) implements Dialect {

  private static final String MARIADB = "MariaDB";
  private static final int RENAMED_ISOLATION = 8;

  private static final int MAX_IDENTIFIER_LENGTH = 64;
  private static final Set<String> MISSING_TABLE = Set.of("42S02");

  private static final Set<Integer> DUPLICATE = Set.of(1062, 1050);
  private static final Set<Integer> BUSY = Set.of(1205, 1213, 3572);
  private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836, 3989);

  private static final String DATABASE = "database";
  private static final String WAIT_TIMEOUT = "wait_timeout";
  private static final String MAX_STATEMENT_TIME = "max_statement_time";

  /** A server that has lost us without a word gives our locks back within this time. */
  private static final long LONGEST_IDLE_SECONDS = 3600;

  static MySqlDialect of(DatabaseMetaData server) throws SQLException {
    boolean mariaDb = server.getDatabaseProductVersion().contains(MARIADB);
    boolean renamed = !mariaDb && server.getDatabaseMajorVersion() >= RENAMED_ISOLATION;
    return new MySqlDialect(
        mariaDb ? MARIADB : "MySQL",
        renamed ? "transaction_isolation" : "tx_isolation",
        renamed ? "transaction_read_only" : "tx_read_only");
  }

  private boolean isMariaDb() {
    return product.equals(MARIADB);
  }

  @Override
  public boolean commitsOnDdl() {
    return true;
  }

  // --- names and tables

  @Override
  public String quote(String identifier) {
    return '`' + identifier.replace("`", "``") + '`';
  }

  @Override
  public int maxIdentifierLength() {
    return MAX_IDENTIFIER_LENGTH;
  }

  @Override
  public String nullOf(String type) {
    return "NULL";
  }

  @Override
  public String schemaOf(Statements statements, String history, boolean exists) {
    return statements.queryString("SELECT DATABASE()");
  }

  @Override
  public Presence presence(Statements statements, Tables tables) {
    return new Presence(exists(statements, tables.history()), exists(statements, tables.journal()));
  }

  private static boolean exists(Statements statements, String table) {
    return statements.succeeds("SELECT 1 FROM " + table + " WHERE 1 = 0", MISSING_TABLE);
  }

  /** Where nothing is rolled back, a row could be there although its migration is not. */
  @Override
  public String objection(Statements statements, Tables tables) {
    return statements.queryString(
        """
        SELECT CASE WHEN TABLE_TYPE <> 'BASE TABLE' THEN CONCAT('a ', LOWER(TABLE_TYPE), ', not a table')
          WHEN ENGINE <> 'InnoDB' THEN CONCAT('a table of ', ENGINE, ' and not of InnoDB, so that a row of it is not rolled back')
          ELSE '' END
        FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?""",
        tables.schema(),
        tables.name());
  }

  /** Names must be told apart letter by letter, and rows must be rolled back. */
  @Override
  public String tableOptions() {
    return " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  }

  /** Without the word, the column could not be empty. */
  @Override
  public String optionalTimestamp() {
    return "TIMESTAMP NULL";
  }

  /** A table must not be read by the statement that writes it, unless through another one. */
  @Override
  public String nextSequence(Tables tables) {
    return "(SELECT COALESCE(MAX(seq), 0) + 1 FROM (SELECT MAX(seq) AS seq FROM "
        + tables.journal()
        + ") AS latest)";
  }

  // --- who lives

  @Override
  public String sessionRef(Attempt attempt) {
    return "'" + (attempt.sign().isEmpty() ? LiveAttempts.JVM : attempt.sign()) + "'";
  }

  @Override
  public boolean needsSignOfLife(Mode mode) {
    return true;
  }

  /** A cluster may refuse such locks; then only this JVM knows who lives. */
  @Override
  public boolean beginSignOfLife(Statements statements, String sign) {
    String sql = "SELECT GET_LOCK(?, 0)";
    String answer;
    try {
      answer = statements.queryString(sql, lockName(sign));
    } catch (HistoryException refused) {
      return false;
    }
    if (!answer.equals("1")) {
      throw statements.failed(sql, new SQLException("the answer was \"" + answer + "\", not 1"));
    }
    return true;
  }

  @Override
  public boolean endSignOfLife(Statements statements, String sign) {
    return statements.queryString("SELECT RELEASE_LOCK(?)", lockName(sign)).equals("1");
  }

  private static String lockName(String sign) {
    return "kysera:" + sign;
  }

  @Override
  public String fence(Attempt attempt) {
    return attempt.sign().isEmpty()
        ? "1 = 1"
        : "IS_USED_LOCK('" + lockName(attempt.sign()) + "') = CONNECTION_ID()";
  }

  /** A replica does not see the locks of its source. */
  @Override
  public Liveness liveness(Statements statements, Tables tables, OpenAttempt attempt) {
    if (LiveAttempts.has(attempt)) {
      return Liveness.ALIVE;
    }
    if (LiveAttempts.isRefOfAnyJvm(attempt.sessionRef())) {
      return LiveAttempts.liveness(attempt);
    }
    String name = lockName(attempt.sessionRef());
    return Liveness.valueOf(
        statements.queryString(
            """
            SELECT CASE WHEN IS_USED_LOCK(?) <> CONNECTION_ID() THEN 'ALIVE'
              WHEN @@global.read_only = 1 THEN 'UNKNOWN' ELSE 'DEAD' END""",
            name));
  }

  /** MySQL tells it only to those who may see every session. */
  @Override
  public boolean mayHoldUncommittedWork(Statements statements) {
    return !isMariaDb() || !statements.queryString("SELECT @@in_transaction").equals("0");
  }

  @Override
  public Refusal refusal(SQLException exception) {
    int code = exception.getErrorCode();
    if (DUPLICATE.contains(code)) {
      return Refusal.DUPLICATE;
    }
    if (BUSY.contains(code)) {
      return Refusal.BUSY;
    }
    return READ_ONLY.contains(code) ? Refusal.READ_ONLY : Refusal.OTHER;
  }

  // --- settings

  @Override
  public boolean settingsSuffice() {
    return true;
  }

  @Override
  public Map<String, String> settings(Statements statements) {
    List<String> names =
        new ArrayList<>(
            List.of(
                "sql_mode",
                "foreign_key_checks",
                "unique_checks",
                "sql_safe_updates",
                "sql_select_limit",
                "sql_notes",
                "default_storage_engine",
                "character_set_client",
                "character_set_results",
                "collation_connection",
                "time_zone",
                "lock_wait_timeout",
                "innodb_lock_wait_timeout",
                WAIT_TIMEOUT,
                isolation,
                readOnly));
    if (isMariaDb()) {
      names.add(MAX_STATEMENT_TIME);
    }
    List<String> questions = new ArrayList<>(names.stream().map(n -> "@@session." + n).toList());
    names.add(DATABASE);
    questions.add("DATABASE()");
    return statements.firstRow(
        "SELECT " + String.join(", ", questions), names.toArray(String[]::new));
  }

  @Override
  public Map<String, String> settingsOfRun(Map<String, String> lent, MigrationOptions options) {
    Map<String, String> wanted = lent;
    if (!options.ddlLockTimeout().isZero()) {
      String seconds = String.valueOf(seconds(options.ddlLockTimeout()));
      wanted = SettingChange.in(wanted, "lock_wait_timeout", seconds);
      wanted = SettingChange.in(wanted, "innodb_lock_wait_timeout", seconds);
    }
    if (isMariaDb() && options.statementTimeout().isPresent()) {
      wanted =
          SettingChange.in(
              wanted,
              MAX_STATEMENT_TIME,
              BigDecimal.valueOf(options.statementTimeout().get().toMillis(), 3).toPlainString());
    }
    long idle =
        Math.min(Long.parseLong(lent.getOrDefault(WAIT_TIMEOUT, "0")), LONGEST_IDLE_SECONDS);
    return SettingChange.in(wanted, WAIT_TIMEOUT, String.valueOf(idle));
  }

  private static long seconds(Duration duration) {
    return Math.min(duration.plusMillis(999).toSeconds(), Integer.MAX_VALUE);
  }

  /** Once a database is chosen, a session can change it but not give it up. */
  @Override
  public void set(Statements statements, String name, String value) {
    if (!name.equals(DATABASE)) {
      boolean number = value.matches("[0-9.]+");
      statements.update(
          "SET SESSION " + name + " = ?", number ? (Object) new BigDecimal(value) : value);
    } else if (!value.isEmpty()) {
      statements.catalog().enter(value);
    }
  }

  /** Only MariaDB limits statements of every kind. */
  @Override
  public boolean limitsStatements() {
    return isMariaDb();
  }

  // --- rehearsals

  @Override
  public SqlSyntax syntax() {
    return SqlSyntax.MYSQL;
  }

  @Override
  public ExistingTables existingTables(Statements statements) {
    return new ExistingTables(
        true,
        statements.query(
            """
            SELECT table_schema, table_name, COALESCE(data_length, 0) < ?
            FROM information_schema.tables WHERE table_type = 'BASE TABLE'
              AND table_schema = DATABASE()""",
            row -> new ExistingTables.Table(row.getString(1), row.getString(2), row.getBoolean(3)),
            ExistingTables.SMALL_BYTES),
        List.of());
  }
}
