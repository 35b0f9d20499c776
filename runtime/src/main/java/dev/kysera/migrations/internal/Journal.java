package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.internal.Attempt.Mode;
import dev.kysera.migrations.internal.Dialect.Presence;
import dev.kysera.migrations.internal.OneTripBookkeeping.Closed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the history and the journal of attempts. It begins and ends no transaction; it reads every
 * update count, because a count that surprises means that the history is not what we think.
 */
final class Journal {

  /** The shape of the journal. It is never altered; another shape would get another number. */
  static final int FORMAT = 1;

  private static final int ERROR_LENGTH = 2000;

  /** The columns of a claim, but for those that only some databases have. */
  static final String CLAIM_COLUMNS =
      "id, seq, name, direction, state, phase, open_slot, owner, tool_version, format,"
          + " fingerprint, down_fingerprint, session_ref";

  /**
   * What the database holds around an attempt.
   *
   * @param executed how many rows the history has
   * @param named whether one of them is the migration's
   * @param remembered whether the journal names an attempt that made that row
   * @param fenced whether the session still is the one that gave the attempt's sign of life
   * @param transaction the number of the transaction, empty where the database does not tell
   */
  record Probe(
      long executed, boolean named, boolean remembered, boolean fenced, String transaction) {}

  /**
   * How an attempt stands in the journal.
   *
   * @param state its state
   * @param dirty whether something of it may have been committed
   */
  record Standing(String state, boolean dirty) {
    boolean finished() {
      return state.equals("EXECUTED") || state.equals("REVERTED");
    }
  }

  private final Statements statements;
  private final Dialect dialect;
  private final Tables tables;
  private Optional<OneTripBookkeeping> oneTrip;

  Journal(Session session, Tables tables) {
    this.statements = session.statements();
    this.dialect = session.dialect();
    this.tables = tables;
    this.oneTrip = dialect.oneTrip(statements, tables);
  }

  /** The same bookkeeping in fewer round trips, where the database can. */
  Optional<OneTripBookkeeping> oneTrip() {
    return oneTrip;
  }

  Tables tables() {
    return tables;
  }

  /** Sends one statement at a time from now on. Returns false if it has done so before. */
  boolean doWithoutOneTrip() {
    boolean hadIt = oneTrip.isPresent();
    oneTrip = Optional.empty();
    return hadIt;
  }

  // --- tables

  void createMissing(Presence presence) {
    if (!presence.history()) {
      statements.update(dialect.createHistory(tables));
    }
    if (!presence.journal()) {
      statements.update(dialect.createJournal(statements, tables));
    }
  }

  // --- attempts

  /** Takes the open slot. Fails as a duplicate while another attempt has it. */
  void claim(Attempt attempt) {
    boolean startColumn = !dialect.sessionStart().isEmpty();
    expectOne(
        statements.update(
            "INSERT INTO %s (%s%s) VALUES (%s%s)"
                .formatted(
                    tables.journal(),
                    CLAIM_COLUMNS,
                    startColumn ? ", session_start" : "",
                    claimValues(dialect, tables, attempt),
                    startColumn ? ", " + dialect.sessionStart() : ""),
            claimArguments(attempt).toArray()));
  }

  static String claimValues(Dialect dialect, Tables tables, Attempt attempt) {
    return "?, %s, ?, ?, 'STARTED', ?, 1, ?, ?, ?, ?, ?, %s"
        .formatted(dialect.nextSequence(tables), dialect.sessionRef(attempt));
  }

  static List<@Nullable Object> claimArguments(Attempt attempt) {
    return Arrays.asList(
        attempt.id(),
        attempt.name(),
        attempt.direction().name(),
        attempt.mode() == Mode.WITNESSED && !attempt.inheritsRemains() ? "CLEAN" : "DIRTY",
        Owner.name(),
        Owner.toolVersion(),
        FORMAT,
        attempt.fingerprint().up(),
        attempt.fingerprint().down());
  }

  /**
   * Frees the slot of an attempt that was left half done, for one in its place.
   *
   * @return false if the attempt is not open any more
   */
  boolean supersede(String attempt) {
    return statements.update(
            """
            UPDATE %s SET state = 'ABORTED', open_slot = NULL, finished_at = CURRENT_TIMESTAMP
            WHERE id = ? AND open_slot = 1"""
                .formatted(tables.journal()),
            attempt)
        == 1;
  }

  Probe probe(Attempt attempt) {
    return statements
        .query(
            "SELECT %s FROM %s WHERE open_slot = 1"
                .formatted(probeColumns(dialect, tables, attempt), tables.journal()),
            Journal::readProbe,
            attempt.name(),
            attempt.name())
        .stream()
        .findFirst()
        .orElseThrow(() -> new HistoryException(Messages.slotLost(attempt.name()), null));
  }

  /** What {@link #readProbe} reads. It takes the name of the migration twice. */
  static String probeColumns(Dialect dialect, Tables tables, Attempt attempt) {
    String transaction = dialect.transactionId();
    return """
        (SELECT COUNT(name) FROM %1$s), (SELECT COUNT(*) FROM %1$s WHERE name = ?),
          (SELECT COUNT(*) FROM %2$s WHERE current_of = ?), CASE WHEN %3$s THEN 1 ELSE 0 END, %4$s"""
        .formatted(
            tables.history(),
            tables.journal(),
            dialect.fence(attempt),
            transaction.isEmpty() ? "''" : transaction);
  }

  static Probe readProbe(ResultSet row) throws SQLException {
    return new Probe(
        row.getLong(1),
        row.getLong(2) > 0,
        row.getLong(3) > 0,
        row.getInt(4) == 1,
        orEmpty(row.getString(5)));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Marks the claim as dirty, without committing the mark. */
  void witness(Attempt attempt) {
    expectOne(
        statements.update(
            "UPDATE " + tables.journal() + " SET phase = 'DIRTY' WHERE id = ? AND open_slot = 1",
            attempt.id()));
  }

  /** Returns how the attempt stands as the connection sees it now; empty if its row is gone. */
  Optional<Standing> standing(Attempt attempt) {
    return statements
        .query(
            "SELECT state, phase FROM " + tables.journal() + " WHERE id = ?",
            row -> new Standing(row.getString(1), row.getString(2).equals("DIRTY")),
            attempt.id())
        .stream()
        .findFirst();
  }

  /** Says whether nobody has recorded the end of the attempt yet. */
  boolean isOpen(OpenAttempt attempt) {
    return !statements
        .queryString(
            "SELECT id FROM "
                + tables.journal()
                + " WHERE id = ? AND open_slot = 1 AND state = 'STARTED'",
            attempt.id())
        .isEmpty();
  }

  /**
   * Records the attempt as done, and its effect in the history.
   *
   * @param remembered whether the journal names an earlier attempt that made the row
   * @param transaction the transaction in which this must happen, empty for any
   * @return false if the attempt's mark is gone, because the migration has rolled back by itself,
   *     or if the transaction is another one
   */
  boolean finish(Attempt attempt, Duration duration, boolean remembered, String transaction) {
    if (remembered) {
      forget(attempt.name());
    }
    Closed closed =
        oneTrip.isPresent()
            ? oneTrip.get().close(attempt, duration, transaction)
            : close(attempt, duration, transaction);
    if (closed.finished() == 0) {
      return false;
    }
    expectOne(closed.finished());
    expectOne(closed.recorded());
    return true;
  }

  private Closed close(Attempt attempt, Duration duration, String transaction) {
    int finished =
        statements.update(
            finishStatement(dialect, tables, transaction),
            finishArguments(attempt, duration, transaction).toArray());
    int recorded = finished == 0 ? 0 : recorded(attempt.name(), attempt.direction());
    return new Closed(finished, recorded);
  }

  static String finishStatement(Dialect dialect, Tables tables, String transaction) {
    return """
        UPDATE %s SET state = ?, open_slot = NULL, current_of = ?, duration_ms = ?,
          finished_at = CURRENT_TIMESTAMP WHERE id = ? AND open_slot = 1 AND phase = 'DIRTY'%s"""
        .formatted(
            tables.journal(),
            transaction.isEmpty() ? "" : " AND " + dialect.transactionId() + " = ?");
  }

  static List<@Nullable Object> finishArguments(
      Attempt attempt, Duration duration, String transaction) {
    boolean up = attempt.direction() == Direction.UP;
    List<@Nullable Object> arguments = new ArrayList<>();
    arguments.add(up ? "EXECUTED" : "REVERTED");
    arguments.add(up ? attempt.name() : null);
    arguments.add(duration.toMillis());
    arguments.add(attempt.id());
    if (!transaction.isEmpty()) {
      arguments.add(transaction);
    }
    return arguments;
  }

  /** Adds the row of a migration to the history, or takes it away. */
  void record(String name, Direction direction) {
    expectOne(recorded(name, direction));
  }

  private int recorded(String name, Direction direction) {
    return direction == Direction.UP
        ? statements.update("INSERT INTO " + tables.history() + " (name) VALUES (?)", name)
        : statements.update("DELETE FROM " + tables.history() + " WHERE name = ?", name);
  }

  /** Parts a name from the attempt that made its row. */
  void forget(String name) {
    statements.update(
        "UPDATE " + tables.journal() + " SET current_of = NULL WHERE current_of = ?", name);
  }

  /** Records the attempt as failed. It keeps the open slot where something of it may be left. */
  void fail(Attempt attempt, boolean dirty, String error) {
    int updated =
        statements.update(
            """
            UPDATE %s SET state = 'FAILED', phase = ?, open_slot = ?, error = ?,
              finished_at = CURRENT_TIMESTAMP WHERE id = ? AND state = 'STARTED'"""
                .formatted(tables.journal()),
            dirty ? "DIRTY" : "CLEAN",
            dirty ? 1 : null,
            cut(error),
            attempt.id());
    if (updated == 0) {
      insertFailed(attempt, dirty, error);
    }
  }

  /** The rollback took the attempt's own row with it. */
  private void insertFailed(Attempt attempt, boolean dirty, String error) {
    expectOne(
        statements.update(
            """
            INSERT INTO %s (id, seq, name, direction, state, phase, open_slot, owner, \
            tool_version, format, error, fingerprint, down_fingerprint, finished_at)
            VALUES (?, %s, ?, ?, 'FAILED', ?, %s, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)"""
                .formatted(tables.journal(), dialect.nextSequence(tables), dirty ? "1" : "NULL"),
            attempt.id(),
            attempt.name(),
            attempt.direction().name(),
            dirty ? "DIRTY" : "CLEAN",
            Owner.name(),
            Owner.toolVersion(),
            FORMAT,
            cut(error),
            attempt.fingerprint().up(),
            attempt.fingerprint().down()));
  }

  /** Gives back a claim under which nothing was done. */
  void withdraw(Attempt attempt) {
    statements.update(
        "DELETE FROM " + tables.journal() + " WHERE id = ? AND state = 'STARTED'", attempt.id());
  }

  /**
   * Closes an attempt of somebody who is gone and has committed nothing.
   *
   * @return false if the attempt is not as it was seen
   */
  boolean abort(OpenAttempt attempt) {
    return statements.update(
            """
            UPDATE %s SET state = 'ABORTED', open_slot = NULL, finished_at = CURRENT_TIMESTAMP
            WHERE id = ? AND open_slot = 1 AND state = 'STARTED' AND phase = 'CLEAN'"""
                .formatted(tables.journal()),
            attempt.id())
        == 1;
  }

  /** Closes an interrupted attempt by somebody's decision. False if it is not as it was seen. */
  boolean resolve(OpenAttempt attempt, String note) {
    return statements.update(
            """
            UPDATE %s SET state = 'RESOLVED', open_slot = NULL, note = ?,
              finished_at = CURRENT_TIMESTAMP WHERE id = ? AND open_slot = 1"""
                .formatted(tables.journal()),
            cut(note),
            attempt.id())
        == 1;
  }

  /** Ties the row of the history to an attempt that was decided to have made it. */
  void own(OpenAttempt attempt) {
    statements.update(
        "UPDATE " + tables.journal() + " SET current_of = ? WHERE id = ?",
        attempt.name(),
        attempt.id());
  }

  // --- rows that no attempt of ours has made

  /**
   * Gives rows that somebody else wrote their place in the sequence, and the attempt the one
   * behind.
   */
  void adopt(List<HistoryRow> strangers, Attempt attempt) {
    if (strangers.isEmpty()) {
      return;
    }
    Map<String, Fingerprint> adopted = new LinkedHashMap<>();
    strangers.forEach(row -> adopted.put(row.storedName(), Fingerprint.NONE));
    insertClosed("ADOPTED", adopted);
    expectOne(
        statements.update(
            "UPDATE "
                + tables.journal()
                + " SET seq = "
                + dialect.nextSequence(tables)
                + " WHERE id = ?",
            attempt.id()));
  }

  /** Records migrations, with what their code is now, as executed without running them. */
  void baseline(Map<String, Fingerprint> migrations) {
    migrations.keySet().forEach(this::forget);
    insertClosed("BASELINED", migrations);
    migrations.keySet().forEach(name -> record(name, Direction.UP));
  }

  private void insertClosed(String state, Map<String, Fingerprint> migrations) {
    long next = nextSequence();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Map.Entry<String, Fingerprint> migration : migrations.entrySet()) {
      rows.add(
          new @Nullable Object[] {
            UUID.randomUUID().toString(),
            next++,
            migration.getKey(),
            state,
            Owner.name(),
            Owner.toolVersion(),
            FORMAT,
            migration.getKey(),
            migration.getValue().up(),
            migration.getValue().down()
          });
    }
    statements.updateAll(
        """
        INSERT INTO %s (id, seq, name, direction, state, phase, owner, tool_version, format, \
        current_of, fingerprint, down_fingerprint, finished_at)
        VALUES (?, ?, ?, 'UP', ?, 'CLEAN', ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)"""
            .formatted(tables.journal()),
        rows);
  }

  private long nextSequence() {
    return Long.parseLong(
        statements.queryString("SELECT COALESCE(MAX(seq), 0) + 1 FROM " + tables.journal()));
  }

  // --- decisions about executed migrations

  /**
   * Records that an executed migration, which the journal knows, is right as the code has it now.
   * The decision is a closed row that makes no row of the history, and so stays when the migration
   * is undone.
   */
  void accept(String name, Fingerprint recorded, Fingerprint accepted, String note) {
    expectOne(
        statements.update(
            "UPDATE "
                + tables.journal()
                + " SET fingerprint = ?, down_fingerprint = ? WHERE current_of = ?",
            accepted.up(),
            accepted.down(),
            name));
    expectOne(
        statements.update(
            """
            INSERT INTO %s (id, seq, name, direction, state, phase, owner, tool_version, format, \
            fingerprint, down_fingerprint, note, finished_at)
            VALUES (?, ?, ?, 'UP', 'ACCEPTED', 'CLEAN', ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)"""
                .formatted(tables.journal()),
            UUID.randomUUID().toString(),
            nextSequence(),
            name,
            Owner.name(),
            Owner.toolVersion(),
            FORMAT,
            accepted.up(),
            accepted.down(),
            cut("by " + Owner.name() + ", recorded before: " + recorded + ": " + note)));
  }

  /** Gives a row of the history, and every attempt at it, the name that the migration has now. */
  void rename(String former, String name) {
    // A history of somebody else's may have a column that changes with its row.
    expectOne(
        statements.update(
            "UPDATE "
                + tables.history()
                + " SET name = ?, executed_at = executed_at WHERE name = ?",
            name,
            former));
    statements.updateAll(
        "UPDATE " + tables.journal() + " SET name = ?, current_of = ?, note = ? WHERE id = ?",
        statements.query(
            "SELECT id, current_of, note FROM "
                + tables.journal()
                + " WHERE name = ? AND open_slot IS NULL",
            row ->
                new @Nullable Object[] {
                  name,
                  row.getString(2) == null ? null : name,
                  renamed(row.getString(3), former),
                  row.getString(1)
                },
            former));
  }

  private static String renamed(@Nullable String note, String former) {
    String renamed = "formerly " + former;
    return cut(note == null || note.isEmpty() ? renamed : renamed + "; " + note);
  }

  private void expectOne(int count) {
    if (count != 1) {
      throw new HistoryException(Messages.unexpectedCount(tables, count), null);
    }
  }

  private static String cut(String text) {
    return text.length() <= ERROR_LENGTH ? text : text.substring(0, ERROR_LENGTH);
  }
}
