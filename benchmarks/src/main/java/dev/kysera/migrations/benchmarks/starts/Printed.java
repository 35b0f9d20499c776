package dev.kysera.migrations.benchmarks.starts;

import java.util.Map;

/** The figures of a measured process by their names. */
record Printed(Map<String, Double> figures) {

  double get(String name) {
    Double value = figures.get(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not among " + figures);
    }
    return value;
  }
}
