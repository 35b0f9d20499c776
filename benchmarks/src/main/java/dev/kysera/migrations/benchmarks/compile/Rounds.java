package dev.kysera.migrations.benchmarks.compile;

import dev.kysera.migrations.benchmarks.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of one contestant at one size, round by round. */
final class Rounds {

  private static final Map<String, String> UNITS =
      Map.of("cpu", "ms", "cpu-added", "ms", "wall", "ms", "memory", "MiB", "registry-cpu", "ms");

  private final Contestant contestant;
  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  Rounds(Contestant contestant) {
    this.contestant = contestant;
  }

  Contestant contestant() {
    return contestant;
  }

  /** Adds what a round has given. */
  void add(Map<String, Double> round) {
    round.forEach((name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
  }

  /** Compares the CPU of the last round with that of another contestant. */
  void addCpuOver(Rounds baseline) {
    double cpu = last("cpu");
    double floor = baseline.last("cpu");
    add(Map.of("cpu-added", cpu - floor));
    add(Map.of("cpu-ratio", cpu / floor));
  }

  private double last(String name) {
    List<Double> all = values.getOrDefault(name, List.of());
    return all.get(all.size() - 1);
  }

  List<Figure> figures(String part, int migrations) {
    List<Figure> figures = new ArrayList<>();
    values.forEach(
        (name, rounds) -> {
          List<Double> sorted = rounds.stream().sorted().toList();
          figures.add(
              new Figure(
                  part,
                  "-",
                  contestant.label(),
                  migrations,
                  name,
                  UNITS.getOrDefault(name, ""),
                  sorted.get(sorted.size() / 2),
                  sorted.get(0),
                  sorted.get(sorted.size() - 1),
                  sorted.size()));
        });
    return figures;
  }
}
