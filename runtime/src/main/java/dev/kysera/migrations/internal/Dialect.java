package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.internal.Attempt.Mode;
import dev.kysera.migrations.internal.ScriptedBookkeeping.Bound;
import dev.kysera.migrations.internal.recording.StatementWatch;
import dev.kysera.migrations.internal.risk.ExistingTables;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The facts and statements in which databases differ. The defaults are the conservative ones, meant
 * for any JDBC database.
 */
interface Dialect {

  /** Whether the session that owns an open attempt still exists. */
  enum Liveness {
    ALIVE,
    DEAD,
    UNKNOWN
  }

  /** What an exception of the driver means to us. */
  enum Refusal {
    /** A unique constraint was hit. */
    DUPLICATE,
    /** Another session holds a lock for the moment. */
    BUSY,
    /** The database or the session must not be written to. */
    READ_ONLY,
    /** An earlier statement of the transaction has failed, so this one was not tried. */
    ABORTED,
    /** The driver, or something between it and the server, cannot send it in this form. */
    UNSUPPORTED,
    OTHER
  }

  /**
   * Which of our tables exist.
   *
   * @param history whether the history exists
   * @param journal whether the journal exists
   */
  record Presence(boolean history, boolean journal) {}

  /**
   * Chooses the dialect of a connection. Sends no statement.
   *
   * @param connection an open connection
   */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "h2" -> new H2Dialect();
      case "sqlite" -> new SqliteDialect();
      case "postgresql" -> new PostgresDialect(connection.getMetaData().getDatabaseMajorVersion());
      case "duckdb" -> new DuckDbDialect();
      case "mysql", "mariadb" -> MySqlDialect.of(connection.getMetaData());
      default ->
          new GenericDialect(
              product, connection.getMetaData().dataDefinitionCausesTransactionCommit());
    };
  }

  /** The database's name for people. */
  String product();

  /** Whether DDL commits the open transaction, so that a migration cannot be rolled back. */
  boolean commitsOnDdl();

  /**
   * Whether a claim must be committed before the migration begins: either the migration would
   * commit it anyway, or it keeps nobody away before.
   */
  default boolean needsCommittedClaim() {
    return commitsOnDdl();
  }

  /** The schema to assume for unqualified names without asking, empty to leave them unqualified. */
  default String defaultSchema() {
    return "";
  }

  /**
   * Finds the schema of the history: where its unqualified name resolves, else the connection's
   * own.
   *
   * @param statements of a session outside a transaction
   * @param history the unqualified history
   * @param exists whether the history exists
   * @return the schema exactly as the database has it, empty if it has none
   */
  String schemaOf(Statements statements, String history, boolean exists);

  default String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  int maxIdentifierLength();

  /** How long an identifier is in the unit of {@link #maxIdentifierLength}. */
  default int lengthOf(String identifier) {
    return identifier.length();
  }

  /** The unit of {@link #maxIdentifierLength}, for people. */
  default String lengthUnit() {
    return "characters";
  }

  /** An SQL expression for NULL: not every database guesses its type in a union. */
  default String nullOf(String type) {
    return "CAST(NULL AS " + type + ")";
  }

  /** Asks which tables exist, after the statement that reads both has failed. */
  Presence presence(Statements statements, Tables tables);

  /** Says whether the history is a base table, or why it must not be written to. */
  default String objection(Statements statements, Tables tables) {
    return "";
  }

  /** The statement that creates the history. */
  default String createHistory(Tables tables) {
    return """
        CREATE TABLE %s (
          name VARCHAR(255) NOT NULL PRIMARY KEY,
          executed_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)"""
            .formatted(tables.history())
        + tableOptions();
  }

  /** The statement that creates the journal, in its final shape: it is never altered later. */
  default String createJournal(Statements statements, Tables tables) {
    return """
        CREATE TABLE %1$s (
          id VARCHAR(36) NOT NULL PRIMARY KEY,
          seq BIGINT NOT NULL UNIQUE,
          name VARCHAR(255) NOT NULL,
          direction VARCHAR(4) NOT NULL,
          state VARCHAR(12) NOT NULL,
          phase VARCHAR(6) NOT NULL,
          open_slot INT %2$s,
          owner VARCHAR(255),
          session_ref VARCHAR(128),%3$s
          started_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
          finished_at %4$s,
          current_of VARCHAR(255) %2$s,
          fingerprint VARCHAR(80),
          down_fingerprint VARCHAR(80),
          duration_ms BIGINT,
          error VARCHAR(2000),
          note VARCHAR(2000),
          tool_version VARCHAR(40),
          format INT NOT NULL)"""
            .formatted(
                tables.journal(),
                uniqueUnlessNull(statements),
                sessionStartColumn(),
                optionalTimestamp())
        + tableOptions();
  }

  /** What follows the columns of a table. */
  default String tableOptions() {
    return "";
  }

  /** The type of a time that may be missing. */
  default String optionalTimestamp() {
    return "TIMESTAMP";
  }

  /** The constraint of a column whose values are unique, while many rows may have none. */
  default String uniqueUnlessNull(Statements statements) {
    return "UNIQUE";
  }

  /** The column that tells two sessions of the same id apart, with a comma behind. */
  default String sessionStartColumn() {
    return "";
  }

  /** An SQL expression for the next number of the journal's sequence. */
  default String nextSequence(Tables tables) {
    return "(SELECT COALESCE(MAX(seq), 0) + 1 FROM " + tables.journal() + ")";
  }

  /** An SQL expression for the session that claims an attempt. */
  default String sessionRef(Attempt attempt) {
    return "'" + LiveAttempts.JVM + "'";
  }

  /** An SQL expression for the column of {@link #sessionStartColumn}, empty without that column. */
  default String sessionStart() {
    return "";
  }

  /** Asks whether the owner of an attempt that is not finished still lives. */
  default Liveness liveness(Statements statements, Tables tables, OpenAttempt attempt) {
    return LiveAttempts.liveness(attempt);
  }

  /**
   * Whether an attempt of that mode needs a {@link SignOfLife}, because no transaction shows others
   * that its owner lives.
   */
  default boolean needsSignOfLife(Mode mode) {
    return false;
  }

  /**
   * Takes the lock that stands for a living session and ends with it.
   *
   * @return false if the database gives none, so that the owner's life cannot be told
   */
  default boolean beginSignOfLife(Statements statements, String sign) {
    return false;
  }

  /** Gives the lock back. Returns false if the session did not hold it any more. */
  default boolean endSignOfLife(Statements statements, String sign) {
    return true;
  }

  /**
   * An SQL condition that holds while the session is the one that gave the attempt's sign of life.
   * Behind a pooler that lends a session for one transaction at a time, it may not be.
   */
  default String fence(Attempt attempt) {
    return "1 = 1";
  }

  /**
   * An SQL expression for the transaction that is open and has written, empty where the database
   * does not tell. It shows whether a migration has put another one in its place.
   */
  default String transactionId() {
    return "";
  }

  /** Who holds the lock of the run, for people, where no attempt can be seen that does. */
  default Optional<String> holder(Statements statements, Tables tables) {
    return Optional.empty();
  }

  /** The indexes that an interrupted build has left and that nobody is building now. */
  default Set<String> invalidIndexes(Statements statements) {
    return Set.of();
  }

  /** What an exception of the driver means, judged by its SQLState or error code alone. */
  Refusal refusal(SQLException exception);

  /** What somebody who has just created the tables should know, empty for nothing. */
  default String warning(Statements statements) {
    return "";
  }

  /** Prepares a transaction that creates tables, alone where the database can make it so. */
  default void prepareWrite(Statements statements, Tables tables, Duration patience) {}

  /**
   * Makes sure that the transaction that has just begun is the only one that writes, and gives it
   * the limits of the run. Fails as busy while another run writes.
   *
   * @param patience how long the database itself may wait for it
   */
  default void lockWrites(
      Statements statements, Tables tables, Duration patience, MigrationOptions options) {}

  /** The bookkeeping of a step in few round trips, where the database can. */
  default Optional<OneTripBookkeeping> oneTrip(Statements statements, Tables tables) {
    return Optional.empty();
  }

  /** Whether the settings limit how long a statement may take, or the driver has to. */
  default boolean limitsStatements() {
    return false;
  }

  /** Gives a session that runs a migration outside a transaction the limits of the run. */
  default void limitSession(Statements statements, MigrationOptions options) {}

  /**
   * Whether a run sets READ COMMITTED, so that every statement sees what is committed by then, also
   * what a run that was waited for has done.
   */
  default boolean setsReadCommitted() {
    return false;
  }

  /**
   * Whether {@link #settings} holds all that the driver could be asked for too: isolation, catalog,
   * schema, and the time a statement may take. Each such question to the driver costs a statement.
   */
  default boolean settingsSuffice() {
    return false;
  }

  /** Reads, in one statement, the settings of the session that migrations are likely to change. */
  default Map<String, String> settings(Statements statements) {
    return Map.of();
  }

  /**
   * The settings that a run wants.
   *
   * @param lent the settings with which the session was lent
   */
  default Map<String, String> settingsOfRun(Map<String, String> lent, MigrationOptions options) {
    return lent;
  }

  /** Changes one of the settings. */
  default void set(Statements statements, String name, String value) {
    Bound setting = setting(name, value);
    statements.update(setting.sql(), setting.arguments().toArray());
  }

  /**
   * Begins a transaction where raw SQL has ended the one that the driver believes to be open.
   *
   * @return false if one is open, or the driver needs no such help
   */
  default boolean beginsAnew(Statements statements) {
    return false;
  }

  /** Mends a connection whose driver is at odds with the database after a commit has failed. */
  default void forgetFailedCommit(Statements statements, Connection connection)
      throws SQLException {}

  /**
   * Says whether the current transaction, which we have not begun, holds uncommitted work. Asked of
   * a connection that arrives with autocommit off.
   *
   * @return true also where the database does not tell
   */
  default boolean mayHoldUncommittedWork(Statements statements) {
    return true;
  }

  /** Whether {@link #waitsFor} knows an answer. */
  default boolean tellsWhatIsWaitedFor() {
    return false;
  }

  /** What the session that holds the lock of the run waits for, for people; asked in another. */
  default Optional<String> waitsFor(Statements statements, Tables tables) {
    return Optional.empty();
  }

  /** How the database divides a text into statements and literals. */
  default SqlSyntax syntax() {
    return SqlSyntax.STANDARD;
  }

  /** Sees which locks the statements of a rehearsal take, where the database tells. */
  default StatementWatch lockWatch(Statements statements) {
    return StatementWatch.NONE;
  }

  /** The tables of the database, and which of them are small, for the notes on risks. */
  default ExistingTables existingTables(Statements statements) {
    return ExistingTables.UNKNOWN;
  }

  /** The statement of {@link #set}, with its values. */
  default Bound setting(String name, String value) {
    throw new UnsupportedOperationException(name);
  }

  /** What stands around the statements of a script. */
  default ScriptFrame scriptFrame(Tables tables, MigrationOptions options) {
    return ScriptFrame.NONE;
  }

  /** Reads a time of the history. Returns {@link Instant#EPOCH} if the column holds none. */
  default Instant readTime(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? Instant.EPOCH : timestamp.toInstant();
  }
}
