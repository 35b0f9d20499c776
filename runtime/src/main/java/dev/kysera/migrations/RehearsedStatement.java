package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A statement that a migration has sent while it was rehearsed.
 *
 * @param migration the name of the migration
 * @param sql the statement as it was sent, with {@code ?} for each value that was bound
 * @param parameters the values that were bound, a list for each time that it was sent with some: a
 *     batch has several, a statement without parameters has none. Values may be null.
 * @param duration how long the call took
 * @param rows how many rows it has changed, or how many of its rows were read; empty if the driver
 *     does not tell
 * @param locks on PostgreSQL, the locks on tables that the transaction holds since this statement
 *     and did not hold before; else empty
 * @param error what the database has thrown, empty if it has executed the statement
 */
@SuppressWarnings("exports") // JSpecify is not needed to use this
public record RehearsedStatement(
    String migration,
    String sql,
    List<List<@Nullable Object>> parameters,
    Duration duration,
    OptionalLong rows,
    List<TableLock> locks,
    Optional<Throwable> error) {

  /** How many lists of values {@link #toString()} shows of a batch. */
  private static final int SHOWN = 5;

  /**
   * A lock on a table.
   *
   * @param table the table, or view, with its schema
   * @param mode the mode as PostgreSQL names it, such as {@code AccessExclusiveLock}
   */
  public record TableLock(String table, String mode) {

    /** Creates a lock from both its parts. */
    public TableLock {
      requireNonNull(table, "table");
      requireNonNull(mode, "mode");
    }

    @Override
    public String toString() {
      return mode + " on " + table;
    }
  }

  /** Creates a statement from all its parts. */
  public RehearsedStatement {
    requireNonNull(migration, "migration");
    requireNonNull(sql, "sql");
    parameters =
        parameters.stream()
            .<List<@Nullable Object>>map(
                values -> Collections.unmodifiableList(new ArrayList<>(values)))
            .toList();
    requireNonNull(duration, "duration");
    requireNonNull(rows, "rows");
    locks = List.copyOf(locks);
    requireNonNull(error, "error");
  }

  /**
   * Returns the statement for people: its text, its values, and behind a dash what it took.
   *
   * @return several lines, the values of a long batch cut
   */
  @Override
  public String toString() {
    List<String> facts = new ArrayList<>();
    facts.add(duration.toMillis() + " ms");
    rows.ifPresent(count -> facts.add(count + (count == 1 ? " row" : " rows")));
    locks.forEach(lock -> facts.add(lock.toString()));
    error.ifPresent(thrown -> facts.add("failed"));
    return sql.strip() + values() + "\n-- " + String.join(", ", facts);
  }

  private String values() {
    if (parameters.isEmpty()) {
      return "";
    }
    String shown =
        parameters.stream().limit(SHOWN).map(RehearsedStatement::list).collect(joining("\n-- "));
    int more = parameters.size() - SHOWN;
    return "\n-- " + shown + (more > 0 ? "\n-- and " + more + " more" : "");
  }

  private static String list(List<@Nullable Object> values) {
    return values.stream()
        .map(value -> value instanceof byte[] bytes ? bytes.length + " bytes" : quoted(value))
        .collect(joining(", ", "(", ")"));
  }

  private static String quoted(@Nullable Object value) {
    return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
  }
}
