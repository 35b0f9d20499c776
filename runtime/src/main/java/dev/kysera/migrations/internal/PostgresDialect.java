package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.internal.Attempt.Mode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * PostgreSQL: DDL rolls back, and a run is alone by an advisory lock of its transaction, which also
 * a pooler that lends sessions for one transaction at a time keeps. A migration outside a
 * transaction shows that it lives by an advisory lock of its session.
 *
 * @param majorVersion the server's version
 */
record PostgresDialect(int majorVersion) implements Dialect {

  private static final int MAX_IDENTIFIER_BYTES = 63;
  private static final int MOST_UNLOCKS = 20;
  private static final int KNOWS_CLIENT_CHECK = 14;
  private static final int KNOWS_INDEX_PROGRESS = 12;

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Set<String> BUSY = Set.of(LOCK_NOT_AVAILABLE, "40001", "40P01");
  private static final Set<String> DUPLICATE = Set.of("23505", "42P07", "42710");
  private static final String READ_ONLY = "25006";
  private static final String ABORTED = "25P02";

  private static final String ISOLATION = "default_transaction_isolation";

  /**
   * What scripts, dumps above all, like to set. Who the session acts for comes first: others may
   * depend on it.
   */
  private static final List<String> SETTINGS =
      List.of(
          "session_authorization",
          "role",
          "search_path",
          "lock_timeout",
          "statement_timeout",
          "idle_in_transaction_session_timeout",
          "idle_session_timeout",
          "transaction_timeout",
          ISOLATION,
          "default_transaction_read_only",
          "TimeZone",
          "session_replication_role",
          "check_function_bodies",
          "row_security",
          "client_min_messages",
          "xmloption",
          "default_tablespace",
          "default_table_access_method",
          "standard_conforming_strings",
          "synchronous_commit",
          "work_mem",
          "maintenance_work_mem",
          "tcp_keepalives_idle",
          "tcp_keepalives_interval",
          "tcp_keepalives_count",
          "client_connection_check_interval");

  /** A lock of the current database, found by the halves of its key. */
  private static final String ADVISORY_LOCK =
      """
      FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
          WHERE d.datname = pg_catalog.current_database())
        AND l.classid = %d AND l.objid = %d""";

  @Override
  public String product() {
    return "PostgreSQL";
  }

  @Override
  public boolean commitsOnDdl() {
    return false;
  }

  // --- names

  @Override
  public int maxIdentifierLength() {
    return MAX_IDENTIFIER_BYTES;
  }

  @Override
  public int lengthOf(String identifier) {
    return identifier.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String lengthUnit() {
    return "bytes";
  }

  /** The name may resolve anywhere along the search path. */
  @Override
  public String schemaOf(Statements statements, String history, boolean exists) {
    return statements.queryString(
        """
        SELECT COALESCE((SELECT n.nspname FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = pg_catalog.to_regclass(?)), pg_catalog.current_schema())""",
        history);
  }

  @Override
  public Presence presence(Statements statements, Tables tables) {
    return statements
        .query(
            """
            SELECT pg_catalog.to_regclass(?) IS NOT NULL, pg_catalog.to_regclass(?) IS NOT NULL""",
            row -> new Presence(row.getBoolean(1), row.getBoolean(2)),
            tables.history(),
            tables.journal())
        .get(0);
  }

  @Override
  public String objection(Statements statements, Tables tables) {
    return statements.queryString(
        """
        SELECT CASE WHEN c.relpersistence = 't' THEN 'a temporary table of this session'
          WHEN c.relkind IN ('r', 'p') THEN ''
          WHEN c.relkind = 'v' THEN 'a view, not a table'
          WHEN c.relkind = 'm' THEN 'a materialized view, not a table'
          WHEN c.relkind = 'f' THEN 'a foreign table, which has no transactions of this database'
          ELSE 'not a table' END
        FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass(?)""",
        tables.history());
  }

  // --- being alone

  @Override
  public void prepareWrite(Statements statements, Tables tables, Duration patience) {
    lock(statements, tables, "");
  }

  @Override
  public void lockWrites(
      Statements statements, Tables tables, Duration patience, MigrationOptions options) {
    lock(statements, tables, limits(options, true));
  }

  /**
   * Tries, and never waits: a waiting statement would be an old transaction, for which CREATE INDEX
   * CONCURRENTLY in the session that holds the lock waits in turn. What is read afterwards is read
   * by a statement of its own, since this one sees the database as it was before the lock.
   */
  private static void lock(Statements statements, Tables tables, String limits) {
    String sql = "SELECT pg_catalog.pg_try_advisory_xact_lock(?)" + limits;
    boolean alone =
        statements.query(sql, row -> row.getBoolean(1), lockKey(tables)).stream()
            .allMatch(locked -> locked);
    if (!alone) {
      throw statements.failed(
          sql, new SQLException("another run holds the lock", LOCK_NOT_AVAILABLE));
    }
  }

  private static long lockKey(Tables tables) {
    return key("lock:" + tables.history());
  }

  private static long signKey(String sign) {
    return key("alive:" + sign);
  }

  private static long key(String what) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("kysera:" + what).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static String advisoryLock(long key) {
    return ADVISORY_LOCK.formatted(key >>> 32, key & 0xffff_ffffL);
  }

  @Override
  public Optional<String> holder(Statements statements, Tables tables) {
    String holder =
        statements.queryString(
            """
            SELECT 'pid ' || a.pid || COALESCE(', ' || NULLIF(a.application_name, ''), '')
                || COALESCE(', ' || CAST(a.client_addr AS text), '')
                || COALESCE(', ' || a.state, '')
            FROM pg_catalog.pg_stat_activity a WHERE a.pid IN (SELECT l.pid %s)"""
                .formatted(advisoryLock(lockKey(tables))));
    return holder.isEmpty() ? Optional.empty() : Optional.of(holder);
  }

  // --- who lives

  @Override
  public String sessionRef(Attempt attempt) {
    return attempt.sign().isEmpty()
        ? "CAST(pg_catalog.pg_backend_pid() AS VARCHAR(128))"
        : "'" + attempt.sign() + "'";
  }

  @Override
  public boolean needsSignOfLife(Mode mode) {
    return mode == Mode.UNPROTECTED;
  }

  @Override
  public boolean beginSignOfLife(Statements statements, String sign) {
    return statements
        .query("SELECT pg_catalog.pg_try_advisory_lock(?)", row -> row.getBoolean(1), signKey(sign))
        .get(0);
  }

  /**
   * Behind a pooler that lends sessions for one transaction, the statement may reach another
   * session than the one that holds the lock. It would hold it for as long as the pooler keeps it,
   * so it is asked for again.
   */
  @Override
  public boolean endSignOfLife(Statements statements, String sign) {
    for (int tries = 0; tries < MOST_UNLOCKS; tries++) {
      boolean unlocked =
          statements
              .query(
                  "SELECT pg_catalog.pg_advisory_unlock(?)",
                  row -> row.getBoolean(1),
                  signKey(sign))
              .get(0);
      if (unlocked) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String fence(Attempt attempt) {
    return attempt.sign().isEmpty()
        ? "1 = 1"
        : "EXISTS (SELECT 1 "
            + advisoryLock(signKey(attempt.sign()))
            + " AND l.pid = pg_catalog.pg_backend_pid())";
  }

  /**
   * A session that gives a sign is asked for it. One that gave none ran a migration in a
   * transaction, which that migration must have committed by itself, or nobody would see the
   * attempt: if the session is gone, so is the owner; if it is there, a pool may have kept it.
   * Locks are not seen on a standby.
   */
  @Override
  public Liveness liveness(Statements statements, Tables tables, OpenAttempt attempt) {
    if (LiveAttempts.has(attempt)) {
      return Liveness.ALIVE;
    }
    boolean signed = !attempt.sessionRef().matches("[0-9]*");
    String there =
        signed
            ? "SELECT 1 " + advisoryLock(signKey(attempt.sessionRef()))
            : "SELECT 1 FROM pg_catalog.pg_stat_activity a WHERE CAST(a.pid AS text) = '"
                + attempt.sessionRef()
                + "' AND a.pid <> pg_catalog.pg_backend_pid()";
    return Liveness.valueOf(
        statements.queryString(
            """
            SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'UNKNOWN'
              WHEN EXISTS (%s) THEN '%s' ELSE 'DEAD' END"""
                .formatted(there, signed ? "ALIVE" : "UNKNOWN")));
  }

  @Override
  public String transactionId() {
    return "CAST(pg_catalog.txid_current_if_assigned() AS VARCHAR(20))";
  }

  @Override
  public boolean mayHoldUncommittedWork(Statements statements) {
    return !statements
        .queryString("SELECT pg_catalog.txid_current_if_assigned() IS NULL")
        .equals("t");
  }

  /** An index that is being built now is invalid too, and so is one of a partitioned table. */
  @Override
  public Set<String> invalidIndexes(Statements statements) {
    String building =
        majorVersion < KNOWS_INDEX_PROGRESS
            ? ""
            : """
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p
              WHERE p.index_relid = i.indexrelid)""";
    return new HashSet<>(
        statements.query(
            """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT i.indisvalid AND c.relkind = 'i'"""
                + building,
            row -> row.getString(1)));
  }

  @Override
  public Refusal refusal(SQLException exception) {
    String state = exception.getSQLState();
    if (state == null) {
      return Refusal.OTHER;
    }
    if (DUPLICATE.contains(state)) {
      return Refusal.DUPLICATE;
    }
    if (BUSY.contains(state)) {
      return Refusal.BUSY;
    }
    if (state.equals(READ_ONLY)) {
      return Refusal.READ_ONLY;
    }
    return state.equals(ABORTED) ? Refusal.ABORTED : Refusal.OTHER;
  }

  // --- settings

  @Override
  public boolean settingsSuffice() {
    return true;
  }

  @Override
  public Map<String, String> settings(Statements statements) {
    List<String> questions =
        SETTINGS.stream().map(name -> "pg_catalog.current_setting('" + name + "', true)").toList();
    return statements.firstRow(
        "SELECT " + String.join(", ", questions), SETTINGS.toArray(String[]::new));
  }

  /**
   * The limits of the run are given to each transaction, where they end with it. Isolation cannot
   * be: a transaction takes it before its first statement.
   */
  @Override
  public Map<String, String> settingsOfRun(Map<String, String> lent, MigrationOptions options) {
    return SettingChange.in(lent, ISOLATION, "read committed");
  }

  @Override
  public void set(Statements statements, String name, String value) {
    statements.queryString("SELECT pg_catalog.set_config(?, ?, false)", name, value);
  }

  /**
   * Without a limit for locks: CREATE INDEX CONCURRENTLY waits for every older transaction, and one
   * that gives up leaves an invalid index.
   */
  @Override
  public void limitSession(Statements statements, MigrationOptions options) {
    statements.queryString("SELECT 1" + limits(options, false));
  }

  @Override
  public boolean limitsStatements() {
    return true;
  }

  /** What a transaction, or the session, must not exceed; and that a lost client is noticed. */
  private String limits(MigrationOptions options, boolean local) {
    List<String> limits = new ArrayList<>();
    if (local && !options.ddlLockTimeout().isZero()) {
      limits.add(setting("lock_timeout", millis(options.ddlLockTimeout()), true));
    }
    options
        .statementTimeout()
        .ifPresent(timeout -> limits.add(setting("statement_timeout", millis(timeout), local)));
    limits.add(setting("tcp_keepalives_idle", "30", local));
    limits.add(setting("tcp_keepalives_interval", "10", local));
    limits.add(setting("tcp_keepalives_count", "3", local));
    if (majorVersion >= KNOWS_CLIENT_CHECK) {
      limits.add(
          "CASE WHEN pg_catalog.version() LIKE '%linux%' THEN "
              + setting("client_connection_check_interval", "5s", local)
              + " END");
    }
    return ", " + String.join(", ", limits);
  }

  private static String setting(String name, String value, boolean local) {
    return "pg_catalog.set_config('" + name + "', '" + value + "', " + local + ")";
  }

  private static String millis(Duration duration) {
    return Math.min(Math.max(duration.toMillis(), 1), Integer.MAX_VALUE) + "ms";
  }
}
