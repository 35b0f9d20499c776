package dev.kysera.migrations.benchmarks.contestants;

import dev.kysera.migrations.JdbiMigration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The same classes of migrations and the same bookkeeping on PostgreSQL as in our runtime, without
 * it. For each a transaction: the settings of the session, the lock and the limits; in the same
 * round trip the claim in the journal and the look whether it is still to be done; the migration;
 * its end in the journal and its row in the history in one statement. The tables are there already.
 */
public abstract class ByHand implements Contestant {

  private static final String OPEN =
      """
      select s.*, pg_catalog.pg_try_advisory_xact_lock(1),
        pg_catalog.set_config('lock_timeout', '10000ms', true),
        pg_catalog.set_config('tcp_keepalives_idle', '30', true),
        pg_catalog.set_config('tcp_keepalives_interval', '10', true),
        pg_catalog.set_config('tcp_keepalives_count', '3', true),
        case when pg_catalog.version() like '%linux%' then
          pg_catalog.set_config('client_connection_check_interval', '5s', true) end
      from (select pg_catalog.current_setting('session_authorization', true),
        pg_catalog.current_setting('role', true),
        pg_catalog.current_setting('search_path', true),
        pg_catalog.current_setting('lock_timeout', true),
        pg_catalog.current_setting('statement_timeout', true),
        pg_catalog.current_setting('idle_in_transaction_session_timeout', true),
        pg_catalog.current_setting('idle_session_timeout', true),
        pg_catalog.current_setting('transaction_timeout', true),
        pg_catalog.current_setting('default_transaction_isolation', true),
        pg_catalog.current_setting('default_transaction_read_only', true),
        pg_catalog.current_setting('TimeZone', true),
        pg_catalog.current_setting('session_replication_role', true),
        pg_catalog.current_setting('check_function_bodies', true),
        pg_catalog.current_setting('row_security', true),
        pg_catalog.current_setting('client_min_messages', true),
        pg_catalog.current_setting('xmloption', true),
        pg_catalog.current_setting('default_tablespace', true),
        pg_catalog.current_setting('default_table_access_method', true),
        pg_catalog.current_setting('standard_conforming_strings', true),
        pg_catalog.current_setting('synchronous_commit', true),
        pg_catalog.current_setting('work_mem', true),
        pg_catalog.current_setting('maintenance_work_mem', true),
        pg_catalog.current_setting('tcp_keepalives_idle', true),
        pg_catalog.current_setting('tcp_keepalives_interval', true),
        pg_catalog.current_setting('tcp_keepalives_count', true),
        pg_catalog.current_setting('client_connection_check_interval', true) offset 0) s;
      with claimed as (insert into migrations_journal (id, seq, name, direction, state, phase, \
      open_slot, owner, tool_version, format, session_ref)
      select ?, (select coalesce(max(seq), 0) + 1 from migrations_journal), ?, 'UP', 'STARTED', \
      'DIRTY', 1, ?, 'by hand', 1, pg_catalog.pg_backend_pid()::varchar(128)
      where pg_catalog.pg_try_advisory_xact_lock(1) returning id)
      select (select count(name) from migrations),
        (select count(*) from migrations where name = ?),
        (select count(*) from migrations_journal where current_of = ?),
        pg_catalog.txid_current_if_assigned()::varchar(20)
      from claimed""";

  private static final String CLOSE =
      """
      with finished as (update migrations_journal set state = 'EXECUTED', open_slot = null, \
      current_of = ?, duration_ms = ?, finished_at = current_timestamp
      where id = ? and open_slot = 1 and phase = 'DIRTY' \
      and pg_catalog.txid_current_if_assigned()::varchar(20) = ? returning id),
      recorded as (insert into migrations (name) select ? from finished returning name)
      select (select count(*) from finished) + (select count(*) from recorded)""";

  private static final int SETTINGS = 26;
  private static final int TRANSACTION = 4;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** How many migrations there are. */
  protected abstract int count();

  /** The name of the one at a position. */
  protected abstract String name(int position);

  /** The one at a position, made when it is asked for. */
  protected abstract JdbiMigration migration(int position);

  @Override
  public final void up(DataSource dataSource) throws Exception {
    up(Jdbi.create(dataSource), dataSource);
  }

  @Override
  public final void up(Jdbi jdbi, DataSource dataSource) throws Exception {
    try (Handle handle = jdbi.open()) {
      Connection connection = handle.getConnection();
      Set<String> executed = new HashSet<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select name from migrations")) {
        while (row.next()) {
          executed.add(row.getString(1));
        }
      }
      for (int i = 0; i < count(); i++) {
        if (!executed.contains(name(i))) {
          run(handle, name(i), migration(i));
        }
      }
    }
  }

  private static void run(Handle handle, String name, JdbiMigration migration) throws Exception {
    Connection connection = handle.getConnection();
    String id = UUID.randomUUID().toString();
    connection.setAutoCommit(false);
    String transaction = open(connection, id, name);
    long start = System.nanoTime();
    migration.up(handle);
    close(connection, id, name, (System.nanoTime() - start) / NANOS_PER_MILLI, transaction);
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Returns the number of the transaction. */
  private static String open(Connection connection, String id, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      int parameter = 0;
      for (String argument : new String[] {id, name, "by hand", name, name}) {
        statement.setString(++parameter, argument);
      }
      statement.execute();
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        for (int column = 1; column <= SETTINGS; column++) {
          row.getString(column);
        }
        if (!row.getBoolean(SETTINGS + 1)) {
          throw new IllegalStateException("another run is at work");
        }
      }
      statement.getMoreResults();
      try (ResultSet row = statement.getResultSet()) {
        if (!row.next()) {
          throw new IllegalStateException("another run is at work");
        }
        return row.getString(TRANSACTION);
      }
    }
  }

  private static void close(
      Connection connection, String id, String name, long millis, String transaction)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLOSE)) {
      int parameter = 0;
      statement.setString(++parameter, name);
      statement.setLong(++parameter, millis);
      statement.setString(++parameter, id);
      statement.setString(++parameter, transaction);
      statement.setString(++parameter, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getInt(1) != 2) {
          throw new IllegalStateException(name + " was not recorded");
        }
      }
    }
  }
}
