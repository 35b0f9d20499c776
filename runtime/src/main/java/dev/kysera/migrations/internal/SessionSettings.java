package dev.kysera.migrations.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * The settings with which a session was lent. Migrations may change them; each one finds them as
 * they were, and so does whoever uses the session after the run.
 */
final class SessionSettings {

  private final Session session;
  private final boolean autoCommit;
  private final boolean readOnly;
  private final int isolation;
  private final @Nullable String catalog;
  private final @Nullable String schema;
  private final @Nullable Integer queryTimeout;
  private final Runnable dialectSettings;

  private SessionSettings(Session session, RunContext context) throws SQLException {
    Connection connection = session.connection();
    this.session = session;
    this.autoCommit = connection.getAutoCommit();
    this.readOnly = connection.isReadOnly();
    this.isolation = connection.getTransactionIsolation();
    this.catalog = connection.getCatalog();
    this.schema = connection.getSchema();
    this.queryTimeout = session.handle().getConfig(SqlStatements.class).getQueryTimeout();
    if (session.dialect().setsReadCommitted()
        && isolation != Connection.TRANSACTION_READ_COMMITTED) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
    this.dialectSettings =
        session.dialect().prepare(session.statements(), context.options().ddlLockTimeout());
    context
        .options()
        .statementTimeout()
        .map(Duration::toSeconds)
        .ifPresent(
            seconds ->
                session
                    .handle()
                    .getConfig(SqlStatements.class)
                    .setQueryTimeout((int) Math.min(seconds, Integer.MAX_VALUE)));
    session.endRead();
  }

  /** Notes the settings of a session and makes those of a run. */
  static SessionSettings lend(Session session, RunContext context) {
    try {
      return new SessionSettings(session, context);
    } catch (SQLException e) {
      throw session.statements().failed("reading the session's settings", e);
    }
  }

  /** Puts catalog and schema back, which the next migration relies on. No transaction is open. */
  void restoreNames() {
    try {
      Connection connection = session.connection();
      if (!Objects.equals(connection.getCatalog(), catalog)) {
        connection.setCatalog(catalog);
      }
      if (!Objects.equals(connection.getSchema(), schema)) {
        connection.setSchema(schema);
      }
      session.endRead();
    } catch (SQLException e) {
      throw session.statements().failed("restoring catalog and schema", e);
    }
  }

  /**
   * Gives the session back as it was lent, or ends it if that is not possible: nobody else may
   * receive it then.
   */
  void giveBack() {
    if (session.isClosed()) {
      return;
    }
    try {
      session.rollbackQuietly();
      session.handle().getConfig(SqlStatements.class).setQueryTimeout(queryTimeout);
      restoreNames();
      dialectSettings.run();
      session.endRead();
      Connection connection = session.connection();
      if (connection.isReadOnly() != readOnly) {
        connection.setReadOnly(readOnly);
      }
      if (connection.getTransactionIsolation() != isolation) {
        connection.setTransactionIsolation(isolation);
      }
      if (connection.getAutoCommit() != autoCommit) {
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException | RuntimeException e) {
      session.abort();
    }
  }
}
