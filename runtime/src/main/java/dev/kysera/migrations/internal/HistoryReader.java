package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.internal.Dialect.Presence;
import dev.kysera.migrations.internal.Dialect.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the history and the journal. Writes nothing and takes no lock. */
final class HistoryReader {

  private static final Presence BOTH = new Presence(true, true);

  private final Session session;
  private final Registry registry;
  private final MigrationOptions options;
  private Tables tables;

  HistoryReader(Session session, Registry registry, MigrationOptions options) {
    this.session = session;
    this.registry = registry;
    this.options = options;
    this.tables = Tables.of(session.dialect(), options);
  }

  /** The tables as statements name them at the moment. */
  Tables tables() {
    return tables;
  }

  /**
   * Finds the schema, so that from now on statements name it and nothing that a migration does to
   * its session can redirect them.
   */
  void resolveSchema(Presence presence) {
    if (options.schema().isEmpty()) {
      tables =
          Tables.named(
              session.dialect(),
              session
                  .dialect()
                  .schemaOf(session.statements(), tables.history(), presence.history()),
              options.tableName());
    }
    session.endRead();
  }

  /** Reads both tables, which exist, in the transaction that is open. */
  Snapshot readInTransaction() {
    return parse(session.statements().query(readBoth(), this::row), BOTH);
  }

  /** Reads both tables, in one statement where both exist. No transaction of ours is open. */
  Snapshot read() {
    try {
      return readInTransaction();
    } catch (HistoryException e) {
      if (session.statements().refusalOf(e) == Refusal.BUSY) {
        throw e;
      }
      session.endRead();
      return readWhatExists();
    }
  }

  /** Reads as {@link #read}, outside a transaction, and waits while the database is locked. */
  Snapshot read(String waiter, LockWait wait) {
    while (true) {
      try {
        Snapshot snapshot = read();
        session.endRead();
        return snapshot;
      } catch (HistoryException e) {
        if (session.statements().refusalOf(e) != Refusal.BUSY || wait.isOver()) {
          throw e;
        }
        session.rollbackQuietly();
        session.returnToLentState();
        wait.pause(waiter, Optional::empty);
      }
    }
  }

  private Snapshot readWhatExists() {
    Presence presence = session.dialect().presence(session.statements(), tables);
    try {
      if (presence.equals(BOTH)) {
        // Another run may have created them meanwhile.
        return parse(session.statements().query(readBoth(), this::row), BOTH);
      }
      List<Row> rows = new ArrayList<>();
      if (presence.history()) {
        rows.addAll(session.statements().query(readHistory(), this::row));
      }
      if (presence.journal()) {
        rows.addAll(session.statements().query(readOpen(), this::row));
      }
      return parse(rows, presence);
    } catch (HistoryException e) {
      throw session.statements().refusalOf(e) == Refusal.BUSY ? e : foreignShape(e);
    }
  }

  private HistoryException foreignShape(HistoryException refusal) {
    SQLException cause = refusal.getCause() instanceof SQLException sql ? sql : null;
    return new HistoryException(
        Messages.foreignShape(tables, columns(tables.history()), columns(tables.journal()), cause),
        cause);
  }

  private String columns(String table) {
    try {
      session.endRead();
      return String.join(", ", session.statements().columnsOf(table));
    } catch (HistoryException e) {
      return "";
    }
  }

  /** Says which of those names the journal has seen executed, at any time. */
  Set<String> everExecuted(Set<String> names) {
    return session
        .statements()
        .query(
            "SELECT DISTINCT name FROM "
                + tables.journal()
                + " WHERE state IN ('EXECUTED', 'ADOPTED', 'BASELINED', 'REVERTED')"
                + " OR current_of IS NOT NULL",
            row -> row.getString(1))
        .stream()
        .map(registry::currentName)
        .filter(names::contains)
        .collect(Collectors.toSet());
  }

  private String readBoth() {
    String noText = session.dialect().nullOf("VARCHAR(255)");
    return """
        SELECT h.name, h.executed_at, j.seq, j.duration_ms, j.fingerprint, j.down_fingerprint, \
        %1$s AS id, %1$s AS direction, %1$s AS state, %1$s AS phase, %1$s AS owner, \
        %1$s AS session_ref
        FROM %2$s h LEFT JOIN %3$s j ON j.current_of = h.name
        UNION ALL
        """
            .formatted(noText, tables.history(), tables.journal())
        + readOpen();
  }

  private String readHistory() {
    Dialect dialect = session.dialect();
    return """
        SELECT name, executed_at, %1$s AS seq, %1$s AS duration_ms, %2$s AS fingerprint, \
        %2$s AS down_fingerprint, %2$s AS id FROM %3$s"""
        .formatted(dialect.nullOf("BIGINT"), dialect.nullOf("VARCHAR(255)"), tables.history());
  }

  private String readOpen() {
    return "SELECT name, started_at AS executed_at, seq, duration_ms, fingerprint,"
        + " down_fingerprint, id, direction, state, phase, owner, session_ref FROM "
        + tables.journal()
        + " WHERE open_slot = 1";
  }

  /** One row of either kind. */
  private record Row(@Nullable HistoryRow history, @Nullable OpenAttempt open) {}

  private Row row(ResultSet row) throws SQLException {
    String id = row.getString("id");
    if (id != null) {
      return new Row(
          null,
          new OpenAttempt(
              id,
              row.getString("name"),
              Direction.valueOf(row.getString("direction")),
              row.getString("state").equals("STARTED"),
              row.getString("phase").equals("DIRTY"),
              orEmpty(row.getString("owner")),
              orEmpty(row.getString("session_ref")),
              session.dialect().readTime(row, "executed_at")));
    }
    String name = row.getString("name");
    if (name == null) {
      return new Row(null, null); // SQLite lets NULL into a primary key
    }
    long sequence = row.getLong("seq");
    OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(sequence);
    long millis = row.getLong("duration_ms");
    Optional<Duration> duration =
        row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    return new Row(
        new HistoryRow(
            name,
            name,
            session.dialect().readTime(row, "executed_at"),
            known,
            duration,
            new Fingerprint(row.getString("fingerprint"), row.getString("down_fingerprint"))),
        null);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private Snapshot parse(List<Row> rows, Presence presence) {
    List<HistoryRow> executed = new ArrayList<>();
    Optional<OpenAttempt> open = Optional.empty();
    for (Row row : rows) {
      if (row.history() != null) {
        executed.add(row.history());
      } else if (row.open() != null) {
        open = Optional.of(row.open());
      }
    }
    return new Snapshot(executed, open, presence).named(registry);
  }
}
