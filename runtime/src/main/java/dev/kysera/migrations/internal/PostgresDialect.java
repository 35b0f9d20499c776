package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.internal.Attempt.Mode;
import dev.kysera.migrations.internal.ScriptedBookkeeping.Bound;
import dev.kysera.migrations.internal.recording.StatementWatch;
import dev.kysera.migrations.internal.risk.ExistingTables;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.nio.charset.StandardCharsets;
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
  private static final int KNOWS_INDEX_PROGRESS = 12;
  private static final int KNOWS_PARTITION_TREE = 12;

  private static final Set<String> BUSY =
      Set.of(PostgresLocks.LOCK_NOT_AVAILABLE, "40001", "40P01");
  private static final Set<String> DUPLICATE = Set.of("23505", "42P07", "42710");
  private static final String READ_ONLY = "25006";
  private static final String ABORTED = "25P02";

  /** Protocol violation, syntax error, feature not supported. */
  private static final Set<String> UNSUPPORTED = Set.of("08P01", "42601", "0A000");

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
    lock(statements, tables, ", " + PostgresSettings.limits(majorVersion, options, true));
  }

  /** Fails as busy while another run is at work. */
  private static void lock(Statements statements, Tables tables, String more) {
    String sql = "SELECT " + PostgresLocks.tryAlone(tables) + more;
    if (!statements.query(sql, row -> row.getBoolean(1)).get(0)) {
      throw PostgresLocks.notAlone(statements, sql);
    }
  }

  @Override
  public Optional<String> holder(Statements statements, Tables tables) {
    return PostgresLocks.holder(statements, tables);
  }

  @Override
  public Optional<OneTripBookkeeping> oneTrip(Statements statements, Tables tables) {
    return Optional.of(new PostgresBookkeeping(this, statements, tables));
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
    return PostgresLocks.beginSign(statements, sign);
  }

  @Override
  public boolean endSignOfLife(Statements statements, String sign) {
    return PostgresLocks.endSign(statements, sign);
  }

  @Override
  public String fence(Attempt attempt) {
    return attempt.sign().isEmpty() ? "1 = 1" : PostgresLocks.givesSign(attempt.sign());
  }

  @Override
  public Liveness liveness(Statements statements, Tables tables, OpenAttempt attempt) {
    return PostgresLocks.liveness(statements, attempt);
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
    if (UNSUPPORTED.contains(state)) {
      return Refusal.UNSUPPORTED;
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
    return statements.firstRow(
        PostgresSettings.query(), PostgresSettings.NAMES.toArray(String[]::new));
  }

  /**
   * The limits of the run are given to each transaction, where they end with it. Isolation cannot
   * be: a transaction takes it before its first statement.
   */
  @Override
  public Map<String, String> settingsOfRun(Map<String, String> lent, MigrationOptions options) {
    return SettingChange.in(lent, PostgresSettings.ISOLATION, "read committed");
  }

  @Override
  public Bound setting(String name, String value) {
    return Bound.of("SELECT pg_catalog.set_config(?, ?, false)", name, value);
  }

  @Override
  public void limitSession(Statements statements, MigrationOptions options) {
    statements.queryString("SELECT " + PostgresSettings.limits(majorVersion, options, false));
  }

  @Override
  public boolean limitsStatements() {
    return true;
  }

  // --- what is going on

  @Override
  public boolean tellsWhatIsWaitedFor() {
    return true;
  }

  @Override
  public Optional<String> waitsFor(Statements statements, Tables tables) {
    return PostgresActivity.of(statements, tables, majorVersion >= KNOWS_INDEX_PROGRESS);
  }

  // --- rehearsals

  @Override
  public SqlSyntax syntax() {
    return SqlSyntax.POSTGRESQL;
  }

  @Override
  public StatementWatch lockWatch(Statements statements) {
    return new PostgresLockWatch(statements);
  }

  /**
   * Sizes are asked for, since statistics may be missing or old. A partitioned table is as large as
   * its partitions together; where the server cannot tell them, it counts as large.
   */
  @Override
  public ExistingTables existingTables(Statements statements) {
    return new ExistingTables(
        true,
        statements.query(
            """
            SELECT n.nspname, c.relname, COALESCE(%s, 0) < ? FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema')"""
                .formatted(
                    """
                    CASE WHEN c.relkind <> 'p' THEN pg_catalog.pg_relation_size(c.oid) ELSE %s END"""
                        .formatted(
                            majorVersion < KNOWS_PARTITION_TREE
                                ? String.valueOf(Long.MAX_VALUE)
                                : "(SELECT SUM(pg_catalog.pg_relation_size(p.relid))"
                                    + " FROM pg_catalog.pg_partition_tree(c.oid) p"
                                    + " WHERE p.isleaf)")),
            row -> new ExistingTables.Table(row.getString(1), row.getString(2), row.getBoolean(3)),
            ExistingTables.SMALL_BYTES),
        statements.query(
            """
            SELECT c.relname, t.relname FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
            WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')""",
            row -> new ExistingTables.Index(row.getString(1), row.getString(2))));
  }

  @Override
  public ScriptFrame scriptFrame(Tables tables, MigrationOptions options) {
    List<String> begin = new ArrayList<>();
    begin.add("BEGIN;");
    begin.add("SELECT " + PostgresLocks.awaitAlone(tables) + ";");
    if (!options.ddlLockTimeout().isZero()) {
      begin.add("SET LOCAL lock_timeout = '" + options.ddlLockTimeout().toMillis() + "ms';");
    }
    return new ScriptFrame(List.of("\\set ON_ERROR_STOP on"), begin, List.of("COMMIT;"));
  }
}
