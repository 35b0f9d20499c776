package dev.kysera.migrations.internal;

import dev.kysera.migrations.internal.Dialect.Presence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a script writes into the history and its journal. A run writes the same in more steps, since
 * it can be interrupted between them.
 */
final class ScriptedBookkeeping {

  /**
   * A statement with its values.
   *
   * @param sql the statement
   * @param arguments what is bound to it
   */
  record Bound(String sql, List<@Nullable Object> arguments) {
    static Bound of(String sql, @Nullable Object... arguments) {
      return new Bound(sql, Arrays.asList(arguments));
    }
  }

  private static final String OWNER = "script rehearsed by ";

  private final Dialect dialect;
  private final Tables tables;

  ScriptedBookkeeping(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.tables = tables;
  }

  /** Creates the tables that are missing. */
  List<Bound> missingTables(Statements statements, Presence presence) {
    List<Bound> missing = new ArrayList<>();
    if (!presence.history()) {
      missing.add(Bound.of(dialect.createHistory(tables)));
    }
    if (!presence.journal()) {
      missing.add(Bound.of(dialect.createJournal(statements, tables)));
    }
    return missing;
  }

  /** Gives rows their name of now. */
  List<Bound> renamed(List<HistoryRow> rows) {
    List<Bound> renamed = new ArrayList<>();
    for (HistoryRow row : rows) {
      renamed.add(
          Bound.of(
              "UPDATE "
                  + tables.history()
                  + " SET name = ?, executed_at = executed_at WHERE name = ?",
              row.name(),
              row.storedName()));
      renamed.add(
          Bound.of(
              "UPDATE " + tables.journal() + " SET current_of = ? WHERE current_of = ?",
              row.name(),
              row.storedName()));
      renamed.add(
          Bound.of(
              "UPDATE "
                  + tables.journal()
                  + " SET name = ?, note = ? WHERE name = ? AND open_slot IS NULL",
              row.name(),
              "formerly " + row.storedName(),
              row.storedName()));
    }
    return renamed;
  }

  /** Gives rows that somebody else wrote their place in the sequence. */
  List<Bound> adopted(List<HistoryRow> strangers) {
    return strangers.stream()
        .map(row -> attempt(row.name(), "ADOPTED", "CLEAN", Fingerprint.NONE))
        .toList();
  }

  /**
   * Records a migration as executed.
   *
   * @param remembered whether the journal names an attempt whose row of the history is gone
   */
  List<Bound> executed(String name, Fingerprint fingerprint, boolean remembered) {
    List<Bound> executed = new ArrayList<>();
    if (remembered) {
      executed.add(
          Bound.of(
              "UPDATE " + tables.journal() + " SET current_of = NULL WHERE current_of = ?", name));
    }
    executed.add(attempt(name, "EXECUTED", "DIRTY", fingerprint));
    executed.add(Bound.of("INSERT INTO " + tables.history() + " (name) VALUES (?)", name));
    return executed;
  }

  private Bound attempt(String name, String state, String phase, Fingerprint fingerprint) {
    return Bound.of(
        """
        INSERT INTO %s (id, seq, name, direction, state, phase, owner, tool_version, format,
          current_of, fingerprint, down_fingerprint, finished_at)
        VALUES (?, %s, ?, 'UP', ?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)"""
            .formatted(tables.journal(), dialect.nextSequence(tables)),
        UUID.randomUUID().toString(),
        name,
        state,
        phase,
        OWNER + Owner.name(),
        Owner.toolVersion(),
        Journal.FORMAT,
        name,
        fingerprint.up(),
        fingerprint.down());
  }
}
