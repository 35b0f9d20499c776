package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.inputs.Body;

/** Cold processes on databases that are up to date. */
final class NoOps {

  private static final double KIB_PER_MIB = 1024;

  private final Laboratory laboratory;
  private final int migrations;

  NoOps(Laboratory laboratory, int migrations) {
    this.laboratory = laboratory;
    this.migrations = migrations;
  }

  /** Measures time and memory of each contestant on its database. */
  Samples timed(String part, String kind, Databases databases, int rounds) throws Exception {
    Samples samples = new Samples(part, kind, migrations);
    for (Turn turn : Turn.shuffled(databases.entrants(), rounds)) {
      Entrant entrant = turn.entrant();
      Printed figures =
          laboratory.cold(entrant, migrations, Body.NOTHING, databases.of(entrant)).run(() -> {});
      String title = entrant.title();
      samples.add(turn.round(), title, "wall", "ms", figures.get("process-wall"));
      samples.add(turn.round(), title, "cpu", "ms", figures.get("process-cpu"));
      samples.add(turn.round(), title, "memory", "MiB", figures.get("peak") / KIB_PER_MIB);
    }
    return samples;
  }

  /** Counts the classes that a contestant loads, and what it prints of its own counting. */
  void counted(Entrant entrant, Database database, Samples samples, String... counting)
      throws Exception {
    Printed figures =
        Laboratory.countClasses(
            laboratory.cold(entrant, migrations, Body.NOTHING, database, counting));
    if (counting.length == 0) {
      samples.add(0, entrant.title(), "classes", "", figures.get("classes"));
      samples.add(0, entrant.title(), "migration-classes", "", figures.get("migration-classes"));
    } else {
      for (String name : new String[] {"connections", "statements", "commits"}) {
        samples.add(0, entrant.title(), name, "", figures.get(name));
      }
    }
  }
}
