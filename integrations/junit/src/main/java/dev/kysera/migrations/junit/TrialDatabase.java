package dev.kysera.migrations.junit;

import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The database that migrations are tried on. Not thread-safe. */
final class TrialDatabase {

  /** How many tables are counted by one statement; SQLite allows 500. */
  private static final int COUNTED_AT_ONCE = 100;

  private final Jdbi jdbi;
  private final HistoryTables history;
  private final MigrationRunner runner;

  /** Keeps a database of H2 alive that would end with its last connection. */
  private @Nullable Handle keeper;

  TrialDatabase(Jdbi jdbi, MigrationRegistry registry, MigrationOptions options) {
    this.jdbi = jdbi;
    this.runner = MigrationRunner.create(jdbi, registry, options.toBuilder().dryRun(false).build());
    this.history = HistoryTables.of(runner.options());
  }

  MigrationRunner runner() {
    return runner;
  }

  /**
   * Creates the tables of the migrations, and makes sure that the next connection finds them.
   *
   * @param keep whether a connection may be held until {@link #release()}, if that helps
   * @throws IllegalStateException if each connection has a database of its own
   */
  void open(boolean keep) {
    runner.setup();
    String url = read(connection -> String.valueOf(connection.getMetaData().getURL()));
    if (isLasting(url)) {
      return;
    }
    if (keep && url.startsWith("jdbc:h2:mem:") && !url.equals("jdbc:h2:mem:")) {
      keeper = jdbi.open();
      runner.setup();
      if (isLasting(url)) {
        return;
      }
      release();
    }
    throw new IllegalStateException(
        url.startsWith("jdbc:h2:")
            ? ("The database %s ends with its last connection, so the migrations would vanish between"
                    + " two steps. Give it a name and DB_CLOSE_DELAY, such as"
                    + " jdbc:h2:mem:test;DB_CLOSE_DELAY=-1.")
                .formatted(url)
            : ("With the URL %s each connection has a database of its own, so the migrations would"
                    + " vanish between two steps. Use a file in a @TempDir, or"
                    + " Jdbi.create(connection) with one open connection.")
                .formatted(url));
  }

  /** What the driver calls the database. */
  String product() {
    return read(connection -> String.valueOf(connection.getMetaData().getDatabaseProductName()));
  }

  private boolean isLasting(String url) {
    return (!url.startsWith("jdbc:h2:mem:") && !url.startsWith("jdbc:sqlite:"))
        || !schema().historyDrops().isEmpty();
  }

  /** Lets go of what {@link #open} may hold. */
  void release() {
    if (keeper != null) {
      keeper.close();
      keeper = null;
    }
  }

  DatabaseState state() {
    return read(
        connection -> {
          Schema schema = SchemaReader.of(connection).read(connection, history);
          return new DatabaseState(
              schema, SchemaSnapshot.of(schema), rows(connection, schema.tables()));
        });
  }

  /** Drops everything that was not there in an earlier state, and the tables of the migrations. */
  void dropAllBut(DatabaseState earlier) {
    Set<String> headings =
        earlier.read().objects().stream().map(SchemaObject::heading).collect(Collectors.toSet());
    List<String> statements = schema().dropsOfAllBut(headings);
    read(
        connection -> {
          boolean autoCommit = connection.getAutoCommit();
          connection.setAutoCommit(true);
          try {
            SchemaReader.of(connection).drop(connection, statements);
          } finally {
            connection.setAutoCommit(autoCommit);
          }
          return statements;
        });
  }

  /** What the database itself may leave of that schema when a migration is undone. */
  List<String> leftovers(DatabaseState state) {
    return read(connection -> SchemaReader.of(connection).leftovers(state.read().objects()));
  }

  private Schema schema() {
    return read(connection -> SchemaReader.of(connection).read(connection, history));
  }

  private static SortedMap<String, Long> rows(
      Connection connection, SortedMap<String, String> tables) throws SQLException {
    SortedMap<String, Long> rows = new TreeMap<>();
    List<Map.Entry<String, String>> left = new ArrayList<>(tables.entrySet());
    while (!left.isEmpty()) {
      List<Map.Entry<String, String>> some =
          left.subList(0, Math.min(COUNTED_AT_ONCE, left.size()));
      StringBuilder sql = new StringBuilder();
      for (int i = 0; i < some.size(); i++) {
        sql.append(i == 0 ? "" : " union all ")
            .append("select %d, count(*) from %s".formatted(i, some.get(i).getValue()));
      }
      for (Query.Row row : Query.rows(connection, sql.toString())) {
        rows.put(some.get(Integer.parseInt(row.text(1))).getKey(), Long.valueOf(row.text(2)));
      }
      some.clear();
    }
    return rows;
  }

  private interface Reading<T> {
    T read(Connection connection) throws SQLException;
  }

  private <T> T read(Reading<T> reading) {
    return jdbi.withHandle(
        handle -> {
          try {
            return reading.read(handle.getConnection());
          } catch (SQLException e) {
            throw new MigrationException(
                "The database of the test could not be read or emptied: " + e.getMessage(), e);
          }
        });
  }
}
