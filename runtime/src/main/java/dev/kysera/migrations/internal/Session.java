package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/**
 * The one handle of a run, used for bookkeeping through plain JDBC: a first JDBI statement costs a
 * cold JVM a hundred times as much. Not thread-safe.
 *
 * <p>Transactions are begun and ended through the handle, so that JDBI and the driver agree on
 * them.
 */
final class Session {

  /** Reads one row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private static final int VALID_SECONDS = 5;

  private final Handle handle;
  private final Connection connection;
  private final Dialect dialect;

  /** False under a pool that lends connections with autocommit off: JDBI leaves them so. */
  private final boolean autoCommitByDefault;

  private Session(Handle handle, Dialect dialect) throws SQLException {
    this.handle = handle;
    this.connection = handle.getConnection();
    this.dialect = dialect;
    this.autoCommitByDefault = connection.getAutoCommit();
  }

  /**
   * Uses a handle for a run.
   *
   * @throws MigrationException if the handle may hold uncommitted work of somebody else
   */
  static Session on(Handle handle) {
    Session session;
    try {
      session = new Session(handle, Dialect.of(handle.getConnection()));
    } catch (SQLException e) {
      throw new HistoryException(
          "The driver does not tell which database this is: " + Messages.text(e), e);
    }
    if (!session.isAutoCommit()
        && handle.isInTransaction()
        && session.dialect.mayHoldUncommittedWork(session)) {
      throw new MigrationException(Messages.alreadyInTransaction());
    }
    return session;
  }

  Handle handle() {
    return handle;
  }

  Dialect dialect() {
    return dialect;
  }

  Connection connection() {
    return connection;
  }

  // --- statements

  int update(String sql, @Nullable Object... arguments) {
    return with(
        sql,
        statement -> {
          boolean rows = statement.execute();
          return rows ? 0 : statement.getUpdateCount();
        },
        arguments);
  }

  /** Sends one statement with many rows of arguments. */
  void updateAll(String sql, List<@Nullable Object[]> rows) {
    with(
        sql,
        statement -> {
          for (@Nullable Object[] row : rows) {
            bind(statement, row);
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... arguments) {
    return with(
        sql,
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (row.next()) {
              rows.add(reader.read(row));
            }
            return rows;
          }
        },
        arguments);
  }

  /** Returns the first column of the first row, empty if there is none or it is null. */
  String queryString(String sql, @Nullable Object... arguments) {
    List<String> values =
        query(
            sql,
            row -> {
              String value = row.getString(1);
              return value == null ? "" : value;
            },
            arguments);
    return values.isEmpty() ? "" : values.get(0);
  }

  /** Says whether a query succeeds; one of those SQLStates means no, any other is an error. */
  boolean succeeds(String sql, Set<String> refusals) {
    try {
      query(sql, row -> true);
      return true;
    } catch (HistoryException e) {
      if (e.sqlState().map(refusals::contains).orElse(false)) {
        return false;
      }
      throw e;
    }
  }

  String schemaOfResult(String sql) {
    return with(sql, statement -> ofResult(statement, ResultSetMetaData::getSchemaName));
  }

  String tableOfResult(String sql) {
    return with(sql, statement -> ofResult(statement, ResultSetMetaData::getTableName));
  }

  private interface ColumnFact {
    @Nullable String of(ResultSetMetaData result, int column) throws SQLException;
  }

  private static String ofResult(PreparedStatement statement, ColumnFact fact) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      String value = fact.of(row.getMetaData(), 1);
      return value == null ? "" : value;
    }
  }

  /** Returns the columns of a table for people. */
  List<String> columnsOf(String table) {
    return with(
        "SELECT * FROM " + table + " WHERE 1 = 0",
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              columns.add(row.getMetaData().getColumnName(i));
            }
            return columns;
          }
        });
  }

  String currentSchema() {
    try {
      String schema = connection.getSchema();
      return schema == null ? "" : schema;
    } catch (SQLException | AbstractMethodError e) {
      return "";
    }
  }

  /** Asks the driver's catalog for a table whose name is given as SQL writes it. */
  boolean tableExists(String table) {
    try {
      DatabaseMetaData catalog = connection.getMetaData();
      int dot = table.startsWith("\"") ? table.indexOf("\".") + 1 : table.indexOf('.');
      String schema = dot > 0 ? stored(catalog, table.substring(0, dot)) : currentSchema();
      String name = stored(catalog, dot > 0 ? table.substring(dot + 1) : table);
      try (ResultSet row =
          catalog.getTables(
              connection.getCatalog(),
              schema.isEmpty() ? null : pattern(catalog, schema),
              pattern(catalog, name),
              null)) {
        return row.next();
      }
    } catch (SQLException e) {
      throw failed("asking the catalog for " + table, e);
    }
  }

  private static String stored(DatabaseMetaData catalog, String identifier) throws SQLException {
    if (identifier.startsWith("\"")) {
      return identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"");
    }
    return catalog.storesUpperCaseIdentifiers() ? identifier.toUpperCase(Locale.ROOT) : identifier;
  }

  private static String pattern(DatabaseMetaData catalog, String name) throws SQLException {
    String escape = catalog.getSearchStringEscape();
    return escape == null || escape.isEmpty()
        ? name
        : name.replace(escape, escape + escape)
            .replace("_", escape + "_")
            .replace("%", escape + "%");
  }

  private <T> T with(String sql, Work<T> work, @Nullable Object... arguments) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      return work.on(statement);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
  }

  HistoryException failed(String statement, SQLException cause) {
    return new HistoryException(
        Messages.statementFailed(dialect.failure(cause), statement, cause), cause);
  }

  Dialect.Failure failureOf(HistoryException exception) {
    return exception.getCause() instanceof SQLException cause
        ? dialect.failure(cause)
        : Dialect.Failure.OTHER;
  }

  // --- transactions

  void begin() {
    try {
      if (!autoCommitByDefault && connection.getAutoCommit()) {
        connection.setAutoCommit(false);
      }
    } catch (SQLException e) {
      throw failed("BEGIN", e);
    }
    handle.begin();
    if (isAutoCommit()) {
      throw new MigrationException(
          "The transaction handler of this Jdbi does not begin transactions, so a migration cannot"
              + " be recorded together with its effect. Nothing was changed. Give the runner a Jdbi"
              + " whose transactions are its own, such as one with the default LocalTransactionHandler.");
    }
  }

  void commit() {
    handle.commit();
  }

  /** Does a piece of bookkeeping wholly or not at all. */
  void inTransaction(Runnable work) {
    begin();
    try {
      work.run();
      commit();
    } catch (Throwable e) {
      rollbackQuietly();
      throw e;
    }
  }

  /** Ends the transaction that a read has opened on a connection that knows no autocommit. */
  void endRead() {
    if (!isAutoCommit()) {
      rollback();
    }
  }

  /**
   * Rolls back whatever is open. The connection comes first: JDBI skips the rollback, and then
   * commits by switching autocommit on, when it believes that no transaction is open. JDBI comes
   * second in any case, because it may still believe that one is. A connection that does not roll
   * back is ended, since everything else would commit.
   */
  void rollback() {
    try {
      if (!connection.getAutoCommit()) {
        end(Connection::rollback);
      }
    } catch (SQLException e) {
      abort();
      throw failed("ROLLBACK", e);
    }
    resetHandle();
  }

  /**
   * Rolls back, ignoring that there is nobody to do it: the caller is about to ask the database.
   */
  void rollbackQuietly() {
    try {
      rollback();
    } catch (RuntimeException e) {
      // The connection is gone, and its transaction with it.
    }
  }

  /**
   * Ends the transaction that a body has ended behind JDBI's back, keeping what it has done since.
   */
  void commitLeftovers() {
    try {
      if (!connection.getAutoCommit()) {
        end(Connection::commit);
      }
    } catch (SQLException e) {
      throw failed("COMMIT", e);
    }
    resetHandle();
  }

  private interface TransactionEnd {
    void on(Connection connection) throws SQLException;
  }

  /** A driver may refuse to end what raw SQL has ended already; then an empty one is ended. */
  private void end(TransactionEnd end) throws SQLException {
    try {
      end.on(connection);
    } catch (SQLException e) {
      if (!dialect.beginsAnew(this)) {
        throw e;
      }
      end.on(connection);
    }
  }

  /** Makes JDBI believe what is true: no transaction is open. */
  private void resetHandle() {
    try {
      handle.rollback();
    } catch (TransactionException e) {
      if (!isAutoCommit()) {
        throw e;
      }
    }
  }

  /** Lets every statement see what is committed by then, also what a waited-for run has done. */
  void useReadCommitted() {
    try {
      if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
    } catch (SQLException e) {
      throw failed("setTransactionIsolation", e);
    }
  }

  /** Leaves it to each statement to commit itself. */
  void leaveTransactions() {
    try {
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed("setAutoCommit(true)", e);
    }
  }

  boolean isAutoCommit() {
    try {
      return connection.getAutoCommit();
    } catch (SQLException e) {
      throw failed("asking for autocommit", e);
    }
  }

  boolean isClosed() {
    try {
      return handle.isClosed() || connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** Whether the connection still answers. */
  boolean isUsable() {
    try {
      return !isClosed() && connection.isValid(VALID_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Marks the open transaction, so that one put in its place can be told apart. */
  @Nullable Savepoint mark() {
    try {
      return connection.getMetaData().supportsSavepoints() ? connection.setSavepoint() : null;
    } catch (SQLException e) {
      throw failed("SAVEPOINT", e);
    }
  }

  /** Says whether the transaction is still the one that was marked. */
  boolean isMarked(@Nullable Savepoint mark) {
    if (isAutoCommit()) {
      return false;
    }
    if (mark == null) {
      return true;
    }
    try {
      connection.releaseSavepoint(mark);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Ends the connection itself, also under a pool, so that the database sees its owner as dead.
   * Nobody else may receive a session that an open attempt names.
   */
  void abort() {
    try {
      Connection real = connection.unwrap(Connection.class);
      connection.abort(Runnable::run);
      real.close();
    } catch (SQLException | RuntimeException e) {
      // It was dead already.
    }
  }
}
