package dev.kysera.migrations.benchmarks.violations;

import dev.kysera.migrations.benchmarks.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the trials of a tool on a database, and in how many an invariant was broken. */
final class Tally {

  private final Server server;
  private final Contestant contestant;
  private final List<String> notes = new ArrayList<>();
  private final Map<Invariant, Integer> broken = new EnumMap<>(Invariant.class);
  private final Map<Invariant, String> first = new EnumMap<>(Invariant.class);
  private int trials;

  Tally(Server server, Contestant contestant) {
    this.server = server;
    this.contestant = contestant;
  }

  /** Adds a line to the report. */
  void note(String line) {
    notes.add(line);
  }

  /**
   * Counts a trial; an invariant that it broke twice is broken in one trial.
   *
   * @param trial what was done
   */
  void add(String trial, List<Violation> violations) {
    trials++;
    Set<Invariant> counted = new HashSet<>();
    for (Violation violation : violations) {
      if (counted.add(violation.invariant())) {
        broken.merge(violation.invariant(), 1, Integer::sum);
        first.putIfAbsent(violation.invariant(), trial + ": " + violation.evidence());
      }
    }
  }

  List<Figure> figures(String part) {
    List<Figure> figures = new ArrayList<>();
    figures.add(figure(part, "trials", trials));
    for (Invariant invariant : Invariant.values()) {
      figures.add(figure(part, invariant.name(), broken.getOrDefault(invariant, 0)));
    }
    return figures;
  }

  private Figure figure(String part, String name, int count) {
    return new Figure(
        part,
        server.label(),
        contestant.name(),
        Scenario.STEPS.size(),
        name,
        "",
        count,
        count,
        count,
        1);
  }

  /** The counts, and the first example of each broken invariant. */
  List<String> report() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s on %s: %d trials, broken in %s"
            .formatted(contestant.name(), server.label(), trials, broken));
    for (String note : notes) {
      lines.add("  " + note);
    }
    first.forEach((invariant, example) -> lines.add("  " + invariant + " " + example));
    return lines;
  }
}
