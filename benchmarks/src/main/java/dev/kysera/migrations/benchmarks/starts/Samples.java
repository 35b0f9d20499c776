package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured in rounds, of which figures are made. */
final class Samples {

  /** A row of a table. */
  private record Key(String contestant, String name, String unit) {}

  private final String part;
  private final String database;
  private final int migrations;

  /** By key, the value of each round in which it was measured. */
  private final Map<Key, Map<Integer, Double>> values = new LinkedHashMap<>();

  Samples(String part, String database, int migrations) {
    this.part = part;
    this.database = database;
    this.migrations = migrations;
  }

  void add(int round, String contestant, String name, String unit, double value) {
    values
        .computeIfAbsent(new Key(contestant, name, unit), key -> new LinkedHashMap<>())
        .put(round, value);
  }

  /** Adds, of a value of each, its ratio to that of another contestant in the same round. */
  void addRatios(String name, String base) {
    addComparison(name, base, name + "/" + base, "x", (value, of) -> value / of);
  }

  /** Adds, of a value of each, what it is over that of another contestant in the same round. */
  void addDifferences(String name, String base, String unit) {
    addComparison(name, base, name + "-over-" + base, unit, (value, of) -> value - of);
  }

  private interface Comparison {
    double of(double value, double base);
  }

  private void addComparison(
      String name, String base, String newName, String unit, Comparison comparison) {
    List<Key> keys = new ArrayList<>(values.keySet());
    for (Key key : keys) {
      if (key.name().equals(name) && !key.contestant().equals(base)) {
        Map<Integer, Double> bases = rounds(new Key(base, name, key.unit()));
        rounds(key)
            .forEach(
                (round, value) -> {
                  Double of = bases.get(round);
                  if (of != null) {
                    add(round, key.contestant(), newName, unit, comparison.of(value, of));
                  }
                });
      }
    }
  }

  private Map<Integer, Double> rounds(Key key) {
    return values.getOrDefault(key, Map.of());
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    values.forEach(
        (key, rounds) -> {
          double[] sorted = rounds.values().stream().mapToDouble(v -> v).sorted().toArray();
          figures.add(
              new Figure(
                  part,
                  database,
                  key.contestant(),
                  migrations,
                  key.name(),
                  key.unit(),
                  median(sorted),
                  sorted[0],
                  sorted[sorted.length - 1],
                  sorted.length));
        });
    return figures;
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
