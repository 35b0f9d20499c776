package dev.kysera.migrations.benchmarks.wire;

/** Counts the messages of all sessions of a {@link WireProxy}. */
final class WireTally {

  private int connections;
  private int statements;
  private int begins;
  private int commits;
  private int roundTrips;

  synchronized void connection() {
    connections++;
  }

  synchronized void statement(String tag) {
    switch (tag) {
      case "BEGIN" -> begins++;
      case "COMMIT" -> {
        statements++;
        commits++;
      }
      default -> statements++;
    }
  }

  synchronized void roundTrip() {
    roundTrips++;
  }

  synchronized WireCounts counts() {
    return new WireCounts(connections, statements, begins, commits, roundTrips);
  }
}
