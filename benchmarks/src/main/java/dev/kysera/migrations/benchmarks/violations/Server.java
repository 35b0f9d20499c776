package dev.kysera.migrations.benchmarks.violations;

import dev.kysera.migrations.TestServer;
import java.util.Locale;

/** A database server, and what to ask it about itself. */
enum Server {
  POSTGRESQL(
      TestServer.POSTGRESQL,
      "current_schema()",
      "select concat(pid, ' ', state, ': ', query) from pg_stat_activity"
          + " where datname = current_database() and pid <> pg_backend_pid()"
          + " and backend_type = 'client backend'",
      "select name, setting from pg_settings",
      "select 'advisory lock ' || objid from pg_locks"
          + " where locktype = 'advisory' and pid = pg_backend_pid()"),

  MARIADB(
      TestServer.MARIADB,
      "database()",
      "select concat(id, ' ', command, ': ', coalesce(info, '')) from"
          + " information_schema.processlist where db = database() and id <> connection_id()",
      "select lower(variable_name), variable_value from information_schema.session_variables"
          + " where lower(variable_name) not in ('timestamp', 'identity', 'insert_id',"
          + " 'last_insert_id', 'rand_seed1', 'rand_seed2', 'warning_count', 'error_count',"
          + " 'in_transaction', 'pseudo_thread_id', 'last_gtid')",
      "select concat('user locks: ', n) from (select release_all_locks() as n) held where n > 0");

  private final TestServer server;
  private final String schema;
  private final String sessions;
  private final String variables;
  private final String locks;

  Server(TestServer server, String schema, String sessions, String variables, String locks) {
    this.server = server;
    this.schema = schema;
    this.sessions = sessions;
    this.variables = variables;
    this.locks = locks;
  }

  TestServer server() {
    return server;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** An expression for the schema of the connection. */
  String schema() {
    return schema;
  }

  /** A query for the other sessions in the database. */
  String sessions() {
    return sessions;
  }

  /** A query for the names and values of all variables of the session. */
  String variables() {
    return variables;
  }

  /** A query for the user locks that the session holds; it may release them. */
  String locks() {
    return locks;
  }
}
