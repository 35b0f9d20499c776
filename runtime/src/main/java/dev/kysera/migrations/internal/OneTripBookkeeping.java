package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationOptions;
import java.time.Duration;
import java.util.Map;

/**
 * The bookkeeping of a step in a transaction, in one round trip before its body and one behind it,
 * for a database that takes several statements at once and can write within a query.
 */
interface OneTripBookkeeping {

  /**
   * What there was when the step was opened.
   *
   * @param settings those of {@link Dialect#settings}, before the limits of the run were set
   * @param probe what the database holds around the attempt
   */
  record Opened(Map<String, String> settings, Journal.Probe probe) {}

  /**
   * What closing the step has hit.
   *
   * @param finished how many attempts in the journal
   * @param recorded how many rows of the history
   */
  record Closed(int finished, int recorded) {}

  /**
   * Makes the transaction that has just begun the only one that writes, gives it the limits of the
   * run, takes the open slot, and looks again.
   *
   * @throws HistoryException as busy while another run is at work, as duplicate while the slot is
   *     taken
   */
  Opened open(Attempt attempt, MigrationOptions options);

  /**
   * Records the attempt as done, and its effect in the history.
   *
   * @param transaction the transaction in which this must happen, empty for any
   */
  Closed close(Attempt attempt, Duration duration, String transaction);
}
