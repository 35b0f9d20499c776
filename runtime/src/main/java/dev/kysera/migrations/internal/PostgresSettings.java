package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The settings of a PostgreSQL session: those that are given back, and the limits of a run. */
final class PostgresSettings {

  static final String ISOLATION = "default_transaction_isolation";

  /**
   * What scripts, dumps above all, like to set. Who the session acts for comes first: others may
   * depend on it.
   */
  static final List<String> NAMES =
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

  private static final int KNOWS_CLIENT_CHECK = 14;

  private PostgresSettings() {}

  /** A query for the values of {@link #NAMES}, in that order. */
  static String query() {
    List<String> values = new ArrayList<>();
    for (String name : NAMES) {
      values.add("pg_catalog.current_setting('" + name + "', true)");
    }
    return "SELECT " + String.join(", ", values);
  }

  /**
   * SQL expressions that set what a transaction, or the session, must not exceed, and that a lost
   * client is noticed. There is no limit for locks outside a transaction: CREATE INDEX CONCURRENTLY
   * waits for every older transaction, and one that gives up leaves an invalid index.
   *
   * @param majorVersion the server's version
   * @param local whether they end with the transaction
   */
  static String limits(int majorVersion, MigrationOptions options, boolean local) {
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
    return String.join(", ", limits);
  }

  private static String setting(String name, String value, boolean local) {
    return "pg_catalog.set_config('" + name + "', '" + value + "', " + local + ")";
  }

  private static String millis(Duration duration) {
    return Math.min(Math.max(duration.toMillis(), 1), Integer.MAX_VALUE) + "ms";
  }
}
