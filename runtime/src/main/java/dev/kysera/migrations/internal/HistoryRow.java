package dev.kysera.migrations.internal;

import dev.kysera.migrations.ExecutedMigration;
import dev.kysera.migrations.ExecutedMigration.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row of the history, with what the journal knows of it.
 *
 * @param name the name of the migration, which need not be one in the code; the one of now, if the
 *     migration was renamed
 * @param storedName the name in the table
 * @param executedAt when it was executed, for people
 * @param sequence its place in the order of execution; empty if somebody else wrote the row
 * @param duration how long it took, empty if the journal does not know
 * @param fingerprint what was executed
 */
record HistoryRow(
    String name,
    String storedName,
    Instant executedAt,
    OptionalLong sequence,
    Optional<Duration> duration,
    Fingerprint fingerprint) {

  /** Whether the table still has a former name of the migration. */
  boolean isRenamed() {
    return !name.equals(storedName);
  }

  HistoryRow withName(String current) {
    return new HistoryRow(current, storedName, executedAt, sequence, duration, fingerprint);
  }

  ExecutedMigration toExecuted(Verification verification) {
    return new ExecutedMigration(name, executedAt, duration, verification);
  }
}
