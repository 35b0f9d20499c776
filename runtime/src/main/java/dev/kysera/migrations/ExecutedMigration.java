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
 * @param verification whether the code is still what was executed
 */
public record ExecutedMigration(
    String name, Instant executedAt, Optional<Duration> duration, Verification verification) {

  /** Whether the code of a migration is still what was executed, judged by its fingerprint. */
  public enum Verification {
    /** Its fingerprint is the one that was recorded. */
    VERIFIED,
    /** Its fingerprint is another one: it was edited since. */
    CHANGED,
    /** There is nothing to compare: the history, the journal or the code has no fingerprint. */
    UNVERIFIED
  }

  /** Creates a row from all its parts. */
  public ExecutedMigration {
    requireNonNull(name, "name");
    requireNonNull(executedAt, "executedAt");
    requireNonNull(duration, "duration");
    requireNonNull(verification, "verification");
  }
}
