package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationOptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two statements in one round trip open a step on PostgreSQL, and one that writes twice closes it.
 */
final class PostgresBookkeeping implements OneTripBookkeeping {

  private final PostgresDialect dialect;
  private final Statements statements;
  private final Tables tables;

  PostgresBookkeeping(PostgresDialect dialect, Statements statements, Tables tables) {
    this.dialect = dialect;
    this.statements = statements;
    this.tables = tables;
  }

  /**
   * The settings come from a subquery, which is done before the limits beside it are set. The
   * second statement sees what was committed before it began, which is after the first one has got
   * the lock; it asks for the lock again, so that it does nothing, above all does not wait for the
   * open slot, where the first one got none.
   */
  @Override
  public Opened open(Attempt attempt, MigrationOptions options) {
    String alone = PostgresLocks.tryAlone(tables);
    String lock =
        "SELECT s.*, %s, %s FROM (%s OFFSET 0) s;\n"
            .formatted(
                alone,
                PostgresSettings.limits(dialect.majorVersion(), options, true),
                PostgresSettings.query());
    String claim =
        "INSERT INTO %s (%s) SELECT %s"
            .formatted(
                tables.journal(),
                Journal.CLAIM_COLUMNS,
                Journal.claimValues(dialect, tables, attempt));
    String claimAndProbe =
        "WITH claimed AS (%s WHERE %s RETURNING id)\nSELECT %s FROM claimed"
            .formatted(claim, alone, Journal.probeColumns(dialect, tables, attempt));
    List<@Nullable Object> arguments = new ArrayList<>(Journal.claimArguments(attempt));
    arguments.add(attempt.name());
    arguments.add(attempt.name());
    return statements
        .with(
            claim,
            lock + claimAndProbe,
            statement -> {
              statement.execute();
              Map<String, String> settings = new LinkedHashMap<>();
              boolean locked;
              try (ResultSet row = statement.getResultSet()) {
                locked = readLock(row, settings);
              }
              statement.getMoreResults();
              try (ResultSet row = statement.getResultSet()) {
                return locked && row.next()
                    ? Optional.of(new Opened(settings, Journal.readProbe(row)))
                    : Optional.<Opened>empty();
              }
            },
            arguments.toArray())
        .orElseThrow(() -> PostgresLocks.notAlone(statements, claim));
  }

  private static boolean readLock(ResultSet row, Map<String, String> settings) throws SQLException {
    row.next();
    int column = 0;
    for (String name : PostgresSettings.NAMES) {
      String value = row.getString(++column);
      settings.put(name, value == null ? "" : value);
    }
    return row.getBoolean(++column);
  }

  @Override
  public Closed close(Attempt attempt, Duration duration, String transaction) {
    boolean up = attempt.direction() == Direction.UP;
    List<@Nullable Object> arguments = Journal.finishArguments(attempt, duration, transaction);
    arguments.add(attempt.name());
    return statements
        .query(
            """
            WITH finished AS (%s RETURNING id), recorded AS (%s RETURNING name)
            SELECT (SELECT COUNT(*) FROM finished), (SELECT COUNT(*) FROM recorded)"""
                .formatted(
                    Journal.finishStatement(dialect, tables, transaction),
                    up
                        ? "INSERT INTO " + tables.history() + " (name) SELECT ? FROM finished"
                        : "DELETE FROM "
                            + tables.history()
                            + " WHERE name = ? AND EXISTS (SELECT 1 FROM finished)"),
            row -> new Closed(row.getInt(1), row.getInt(2)),
            arguments.toArray())
        .get(0);
  }
}
