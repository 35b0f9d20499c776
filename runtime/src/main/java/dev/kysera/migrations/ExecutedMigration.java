package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the history.
 *
 * @param name the name, which need not be one in the code
 * @param executedAt when it was executed, as JDBC reads the column (SQLite's text is UTC); it is
 *     for people, the order never depends on it. {@link Instant#EPOCH} where the column holds no
 *     time.
 * @param duration how long it took; empty where the journal does not know it
 */
public record ExecutedMigration(String name, Instant executedAt, Optional<Duration> duration) {

  /** Creates a row from all its parts. */
  public ExecutedMigration {
    requireNonNull(name, "name");
    requireNonNull(executedAt, "executedAt");
    requireNonNull(duration, "duration");
  }
}
