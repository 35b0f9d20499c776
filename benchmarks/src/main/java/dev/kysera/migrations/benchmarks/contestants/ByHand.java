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
 * it: for each a transaction with the lock, the claim in the journal, the look whether it is still
 * to be done, the migration, its end in the journal and its row in the history; behind it the look
 * at the settings of the session. The tables are there already.
 */
public abstract class ByHand implements Contestant {

  private static final String LOCK =
      """
      select pg_catalog.pg_try_advisory_xact_lock(?),
        pg_catalog.set_config('tcp_keepalives_idle', '30', true),
        pg_catalog.set_config('tcp_keepalives_interval', '10', true),
        pg_catalog.set_config('tcp_keepalives_count', '3', true),
        pg_catalog.set_config('client_connection_check_interval', '5s', true)""";

  private static final String CLAIM =
      """
      insert into migrations_journal (id, seq, name, direction, state, phase, open_slot, owner, \
      tool_version, format, session_ref)
      values (?, (select coalesce(max(seq), 0) + 1 from migrations_journal), ?, 'UP', 'STARTED', \
      'DIRTY', 1, ?, 'by hand', 1, pg_catalog.pg_backend_pid()::varchar(128))""";

  private static final String LOOK =
      """
      select (select count(name) from migrations),
        (select count(*) from migrations where name = ?),
        (select count(*) from migrations_journal where current_of = ?),
        pg_catalog.txid_current_if_assigned()::varchar(20)
      from migrations_journal where open_slot = 1""";

  private static final String FINISH =
      """
      update migrations_journal set state = 'EXECUTED', open_slot = null, current_of = ?, \
      duration_ms = ?, finished_at = current_timestamp
      where id = ? and open_slot = 1 and phase = 'DIRTY' \
      and pg_catalog.txid_current_if_assigned()::varchar(20) = ?""";

  private static final String RECORD = "insert into migrations (name) values (?)";

  private static final String SETTINGS =
      """
      select pg_catalog.current_setting('search_path'), pg_catalog.current_setting('role'),
        pg_catalog.current_setting('default_transaction_isolation'),
        pg_catalog.current_setting('statement_timeout'),
        pg_catalog.current_setting('lock_timeout')""";

  /** How many migrations there are. */
  protected abstract int count();

  /** The name of the one at a position. */
  protected abstract String name(int position);

  /** The one at a position, made when it is asked for. */
  protected abstract JdbiMigration migration(int position);

  @Override
  public final void up(DataSource dataSource) throws Exception {
    try (Handle handle = Jdbi.create(dataSource).open()) {
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
    query(connection, LOCK, 1L);
    update(connection, CLAIM, id, name, "by hand");
    String transaction = query(connection, LOOK, name, name)[3];
    long start = System.nanoTime();
    migration.up(handle);
    long millis = (System.nanoTime() - start) / 1_000_000;
    update(connection, FINISH, name, millis, id, transaction);
    update(connection, RECORD, name);
    connection.commit();
    connection.setAutoCommit(true);
    query(connection, SETTINGS);
  }

  private static String[] query(Connection connection, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException(sql);
        }
        String[] values = new String[row.getMetaData().getColumnCount()];
        for (int i = 0; i < values.length; i++) {
          values[i] = String.valueOf(row.getString(i + 1));
        }
        return values;
      }
    }
  }

  private static void update(Connection connection, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException(sql);
      }
    }
  }

  private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
  }
}
