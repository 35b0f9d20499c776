package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.wire.WireCounts;
import java.util.List;

/** The figures of what was said to a server, and of starts beside the floor. */
final class Counts {

  private Counts() {}

  static void add(Samples samples, Entrant entrant, WireCounts said) {
    String title = entrant.title();
    samples.add(0, title, "connections", "", said.connections());
    samples.add(0, title, "statements", "", said.statements());
    samples.add(0, title, "round-trips", "", said.roundTrips());
    samples.add(0, title, "begins", "", said.begins());
    samples.add(0, title, "commits", "", said.commits());
  }

  /** Returns the figures of starts, with what they are over the floor and beside others. */
  static List<Figure> withOverFloor(Samples samples) {
    samples.addDifferences("wall", Entrant.FLOOR.title(), "ms");
    samples.addDifferences("cpu", Entrant.FLOOR.title(), "ms");
    samples.addDifferences("memory", Entrant.FLOOR.title(), "MiB");
    samples.addDifferences("classes", Entrant.FLOOR.title(), "");
    return withRatios(samples);
  }

  static List<Figure> withRatios(Samples samples) {
    for (Entrant base : List.of(Entrant.JDBC, Entrant.FLYWAY_SQL, Entrant.LIQUIBASE_XML)) {
      samples.addRatios("wall", base.title());
      samples.addRatios("cpu", base.title());
    }
    return samples.figures();
  }
}
