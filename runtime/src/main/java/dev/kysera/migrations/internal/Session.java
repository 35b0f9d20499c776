package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.UnableToRestoreAutoCommitStateException;
import org.jspecify.annotations.Nullable;

/**
 * The one handle of a run and its connection, from the first look to the end. Not thread-safe.
 *
 * <p>Transactions are begun and ended through the handle, so that JDBI and the driver agree on
 * them.
 */
final class Session {

  private static final int VALID_SECONDS = 5;

  private final Handle handle;
  private final Connection connection;
  private @Nullable Dialect dialect;
  private @Nullable Statements statements;

  /** False under a pool that lends connections with autocommit off: JDBI leaves them so. */
  private final boolean autoCommitByDefault;

  /** Whether JDBI takes the connection for one in a transaction, which holds no work yet. */
  private final boolean lentInTransaction;

  private Session(Handle handle) throws SQLException {
    this.handle = handle;
    this.connection = handle.getConnection();
    this.autoCommitByDefault = connection.getAutoCommit();
    this.lentInTransaction = !autoCommitByDefault && handle.isInTransaction();
  }

  /**
   * Uses a handle for a run.
   *
   * @throws MigrationException if the handle may hold uncommitted work of somebody else
   */
  static Session on(Handle handle) {
    Session session;
    try {
      session = new Session(handle);
    } catch (SQLException e) {
      throw new HistoryException("The connection does not answer: " + CauseText.of(e), e);
    }
    if (session.lentInTransaction
        && (session.dialect().mayHoldUncommittedWork(session.statements())
            || session.isInCallback())) {
      throw new MigrationException(Messages.alreadyInTransaction());
    }
    return session;
  }

  /**
   * Says whether JDBI runs a callback in a transaction on this handle. Without autocommit JDBI
   * takes every handle for one in a transaction; with it, only those. Nothing is uncommitted here,
   * so the switch commits nothing.
   */
  private boolean isInCallback() {
    try {
      connection.setAutoCommit(true);
      try {
        return handle.isInTransaction();
      } finally {
        connection.setAutoCommit(false);
      }
    } catch (SQLException e) {
      throw statements().failed("setAutoCommit", e);
    }
  }

  Handle handle() {
    return handle;
  }

  /** What the database is like; asked when it first matters. */
  Dialect dialect() {
    if (dialect == null) {
      try {
        dialect = Dialect.of(connection);
      } catch (SQLException e) {
        throw new HistoryException(
            "The driver does not tell which database this is: " + CauseText.of(e), e);
      }
    }
    return dialect;
  }

  Connection connection() {
    return connection;
  }

  /** Sends statements; made when the first one is sent through it. */
  Statements statements() {
    if (statements == null) {
      statements = new Statements(connection, dialect());
    }
    return statements;
  }

  void begin() {
    try {
      handle.begin();
    } catch (TransactionException | UnableToRestoreAutoCommitStateException e) {
      throw e.getCause() instanceof SQLException cause ? statements().failed("BEGIN", cause) : e;
    }
    try {
      if (!autoCommitByDefault && connection.getAutoCommit()) {
        connection.setAutoCommit(false);
      }
    } catch (SQLException e) {
      throw statements().failed("BEGIN", e);
    }
    if (isAutoCommit()) {
      throw new MigrationException(
          "The transaction handler of this Jdbi does not begin transactions, so a migration cannot"
              + " be recorded together with its effect. Nothing was changed. Give the runner a Jdbi"
              + " whose transactions are its own, such as one with the default LocalTransactionHandler.");
    }
  }

  /** Commits. JDBI rolls back if that fails. */
  void commit() {
    try {
      handle.commit();
    } catch (TransactionException | UnableToRestoreAutoCommitStateException e) {
      // Where only autocommit could not be restored, the commit itself may stand: the tables tell.
      forgetFailedCommit();
      throw e.getCause() instanceof SQLException cause ? statements().failed("COMMIT", cause) : e;
    }
  }

  private void forgetFailedCommit() {
    try {
      dialect().forgetFailedCommit(statements(), connection);
    } catch (SQLException e) {
      abort();
    }
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
      returnToLentState();
    }
  }

  /**
   * Keeps changed settings: on a connection that knows no autocommit they are part of a
   * transaction, which holds nothing else.
   */
  void keepSettings() {
    if (!isAutoCommit()) {
      commitLeftovers();
      returnToLentState();
    }
  }

  /** Begins the transaction again with which the connection was lent, if it was lent with one. */
  void returnToLentState() {
    if (lentInTransaction && isAutoCommit()) {
      handle.begin();
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
      throw statements().failed("ROLLBACK", e);
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
      throw statements().failed("COMMIT", e);
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
      if (!dialect().beginsAnew(statements())) {
        throw e;
      }
      end.on(connection);
    }
  }

  /** Makes JDBI believe what is true: no transaction is open. */
  private void resetHandle() {
    try {
      handle.rollback();
    } catch (TransactionException | UnableToRestoreAutoCommitStateException e) {
      if (!isAutoCommit()) {
        throw e;
      }
    }
  }

  /** Leaves it to each statement to commit itself. */
  void leaveTransactions() {
    try {
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw statements().failed("setAutoCommit(true)", e);
    }
  }

  boolean isAutoCommit() {
    try {
      return connection.getAutoCommit();
    } catch (SQLException e) {
      throw statements().failed("asking for autocommit", e);
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
      throw statements().failed("SAVEPOINT", e);
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
