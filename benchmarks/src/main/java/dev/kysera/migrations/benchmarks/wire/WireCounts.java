package dev.kysera.migrations.benchmarks.wire;

/**
 * What clients and the server have said to each other.
 *
 * @param connections how many sessions a client has asked for
 * @param statements how many statements the server has answered, failed ones and COMMIT included,
 *     BEGIN not
 * @param begins how many of the answers were to a BEGIN, which drivers send along with the next
 *     statement
 * @param commits how many of the statements were a COMMIT
 * @param roundTrips how often a client has waited: the server was ready for a next query, and the
 *     client had sent something since it was the last time. Opening a session does not count
 */
public record WireCounts(int connections, int statements, int begins, int commits, int roundTrips) {

  /** What was said since an earlier moment. */
  public WireCounts since(WireCounts earlier) {
    return new WireCounts(
        connections - earlier.connections,
        statements - earlier.statements,
        begins - earlier.begins,
        commits - earlier.commits,
        roundTrips - earlier.roundTrips);
  }
}
