package dev.kysera.migrations.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * The settings with which a session was lent. Migrations may change them; each one finds them as
 * they were, and so does whoever uses the session after the run.
 */
final class SessionSettings {

  private final Session session;
  private final boolean asksDriver;
  private final boolean autoCommit;
  private final boolean readOnly;
  private final int isolation;
  private final int isolationOfRun;
  private final @Nullable String catalog;
  private final @Nullable String schema;
  private final @Nullable Integer queryTimeout;
  private final @Nullable Integer queryTimeoutOfRun;
  private final Map<String, String> settings;
  private final Map<String, String> settingsOfRun;

  /** Whether a migration has run since the settings of the database were compared. */
  private boolean suspect;

  private SessionSettings(Session session, RunContext context) throws SQLException {
    Connection connection = session.connection();
    Dialect dialect = session.dialect();
    this.session = session;
    this.asksDriver = !dialect.settingsSuffice();
    this.autoCommit = connection.getAutoCommit();
    this.readOnly = connection.isReadOnly();
    this.isolation = asksDriver ? connection.getTransactionIsolation() : 0;
    this.isolationOfRun =
        dialect.setsReadCommitted() ? Connection.TRANSACTION_READ_COMMITTED : isolation;
    this.catalog = asksDriver ? connection.getCatalog() : null;
    this.schema = asksDriver ? connection.getSchema() : null;
    this.queryTimeout = statements().getQueryTimeout();
    this.queryTimeoutOfRun =
        context
            .options()
            .statementTimeout()
            .filter(timeout -> !dialect.limitsStatements())
            .map(timeout -> (Integer) (int) Math.min(timeout.toSeconds(), Integer.MAX_VALUE))
            .orElse(queryTimeout);
    this.settings = dialect.settings(session.statements());
    this.settingsOfRun = dialect.settingsOfRun(settings, context.options());
  }

  /** Notes the settings of a session and makes those of a run. */
  static SessionSettings lend(Session session, RunContext context) {
    try {
      SessionSettings lent = new SessionSettings(session, context);
      lent.set(lent.isolationOfRun, lent.queryTimeoutOfRun, lent.settingsOfRun);
      return lent;
    } catch (SQLException e) {
      throw session.statements().failed("reading the session's settings", e);
    }
  }

  private SqlStatements statements() {
    return session.handle().getConfig(SqlStatements.class);
  }

  /**
   * Makes the settings of the run again after a migration. No transaction is open.
   *
   * @param comparedLater whether those of the database will be read by the next step anyway
   */
  void restoreForNextStep(boolean comparedLater) {
    suspect = comparedLater;
    try {
      if (comparedLater) {
        setOnDriver(queryTimeoutOfRun);
      } else {
        set(isolationOfRun, queryTimeoutOfRun, settingsOfRun);
      }
    } catch (SQLException e) {
      throw session.statements().failed("restoring the session's settings", e);
    }
  }

  /** Makes up for a comparison that was left to later. No transaction is open. */
  void restoreSuspect() {
    if (suspect) {
      restoreForNextStep(false);
    }
  }

  /** Says whether what was found are the settings of the run. */
  boolean areOfRun(Map<String, String> found) {
    return settingsOfRun.equals(found);
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
      set(isolation, queryTimeout, settings);
      Connection connection = session.connection();
      if (connection.getAutoCommit() != autoCommit) {
        session.returnToLentState();
      }
      if (connection.getAutoCommit() != autoCommit) {
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException | RuntimeException e) {
      session.abort();
    }
  }

  private void set(int isolationLevel, @Nullable Integer timeout, Map<String, String> wanted)
      throws SQLException {
    setOnDriver(timeout);
    Connection connection = session.connection();
    if (asksDriver && !Objects.equals(connection.getCatalog(), catalog)) {
      connection.setCatalog(catalog);
    }
    if (asksDriver && !Objects.equals(connection.getSchema(), schema)) {
      connection.setSchema(schema);
    }
    Map<String, String> found = session.dialect().settings(session.statements());
    wanted.forEach(
        (name, value) -> {
          if (!value.equals(found.get(name))) {
            session.dialect().set(session.statements(), name, value);
          }
        });
    session.keepSettings();
    if (asksDriver && connection.getTransactionIsolation() != isolationLevel) {
      connection.setTransactionIsolation(isolationLevel);
    }
  }

  private void setOnDriver(@Nullable Integer timeout) throws SQLException {
    statements().setQueryTimeout(timeout);
    Connection connection = session.connection();
    if (connection.isReadOnly() != readOnly) {
      connection.setReadOnly(readOnly);
    }
  }
}
