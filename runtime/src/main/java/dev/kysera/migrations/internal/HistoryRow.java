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
 * @param name the name of the migration, which need not be one in the code
 * @param executedAt when it was executed, for people
 * @param sequence its place in the order of execution; empty if somebody else wrote the row
 * @param duration how long it took, empty if the journal does not know
 */
record HistoryRow(
    String name, Instant executedAt, OptionalLong sequence, Optional<Duration> duration) {

  ExecutedMigration toExecuted(Verification verification) {
    return new ExecutedMigration(name, executedAt, duration, verification);
  }
}
