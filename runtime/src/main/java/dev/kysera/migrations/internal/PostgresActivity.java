package dev.kysera.migrations.internal;

import java.util.List;
import java.util.Optional;

/** What the session of a run is doing, as the statistics of PostgreSQL tell another session. */
final class PostgresActivity {

  /** The session that runs a migration outside a transaction, where nobody holds the run's lock. */
  private static final String SIGN =
      """
      SELECT session_ref FROM %s WHERE open_slot = 1 AND session_ref ~ '[^0-9]'""";

  private static final String WAITS =
      """
      WITH worker AS (%s LIMIT 1)
      SELECT
        (SELECT w.mode || COALESCE(' on ' || CAST(CAST(w.relation AS pg_catalog.regclass) AS text),
            ' of kind ' || w.locktype)
          FROM pg_catalog.pg_locks w WHERE w.pid = worker.pid AND NOT w.granted LIMIT 1),
        b.pid, COALESCE(NULLIF(b.application_name, ''), 'no application name'),
        COALESCE(b.state, 'state unknown'),
        CAST(EXTRACT(EPOCH FROM pg_catalog.clock_timestamp() - COALESCE(b.xact_start, b.backend_start))
          AS bigint),
        pg_catalog.left(pg_catalog.regexp_replace(b.query, '\\s+', ' ', 'g'), 80)
      FROM worker JOIN pg_catalog.pg_stat_activity b
        ON b.pid = ANY (pg_catalog.pg_blocking_pids(worker.pid))
      ORDER BY b.xact_start NULLS LAST""";

  private static final String PROGRESS =
      """
      SELECT p.phase, CASE WHEN p.blocks_total > 0 THEN 100 * p.blocks_done / p.blocks_total END
      FROM pg_catalog.pg_stat_progress_create_index p WHERE p.pid IN (%s)""";

  private PostgresActivity() {}

  /**
   * What it waits for, or how far it has got with an index.
   *
   * @param knowsProgress whether the server tells that of indexes
   */
  static Optional<String> of(Statements statements, Tables tables, boolean knowsProgress) {
    String sign = statements.queryString(SIGN.formatted(tables.journal()));
    String worker = sign.isEmpty() ? PostgresLocks.worker(tables) : PostgresLocks.signer(sign);
    List<String> waits =
        statements.query(
            WAITS.formatted(worker),
            row ->
                "it waits for %s, held by session %d (%s, %s, begun %d s ago: \"%s\")"
                    .formatted(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getString(6)));
    if (!waits.isEmpty() || !knowsProgress) {
      return waits.stream().findFirst();
    }
    return statements
        .query(
            PROGRESS.formatted(worker),
            row ->
                "index: "
                    + row.getString(1)
                    + (row.getString(2) == null ? "" : ", " + row.getString(2) + " % of the table"))
        .stream()
        .findFirst();
  }
}
