package dev.kysera.migrations.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** What was to be reached. */
final class Targets {

  private static final String POSTGRESQL = "postgresql";
  private static final int FEW = 10;
  private static final int MANY = 1000;
  private static final int MOST = 10_000;
  private static final int GROWN = 5000;

  private final Results ours;
  private final Results all;

  private Targets(Results all) {
    this.all = all;
    this.ours = all.by(Tools.KYSERA);
  }

  static List<Target> of(Results all) {
    Targets targets = new Targets(all);
    List<Target> list = new ArrayList<>();
    targets.addNoOp(list);
    targets.addCold(list);
    targets.addWarm(list);
    targets.addSteps(list);
    targets.addBuild(list);
    return list;
  }

  private void addNoOp(List<Target> list) {
    for (String name : List.of("statements", "round-trips", "connections")) {
      DoubleStream counts =
          DoubleStream.concat(
              ours.part("cold").named(name).medians(), ours.part("warm").named(name).medians());
      list.add(
          new Target(
              "no-op, after connecting: " + name + ", the most on any database at any number",
              1,
              "",
              counts.max()));
    }
  }

  private void addCold(List<Target> list) {
    Results cold = ours.part("cold").on(POSTGRESQL);
    list.add(
        new Target(
            "no-op, classes loaded over the floor, the most at any number",
            60,
            "",
            cold.named("classes-over-floor").medians().max()));
    list.add(
        new Target(
            "no-op, classes of migrations loaded, the most at any number",
            0,
            "",
            cold.named("migration-classes").medians().max()));
    addAt(list, cold.named("cpu-over-floor"), "no-op, cold, CPU over the floor", FEW, 60, "ms");
    addAt(list, cold.named("cpu-over-floor"), "no-op, cold, CPU over the floor", MANY, 80, "ms");
    addAt(list, cold.named("cpu-over-floor"), "no-op, cold, CPU over the floor", MOST, 150, "ms");
    addAt(
        list, cold.named("memory-over-floor"), "no-op, peak memory over the floor", MANY, 3, "MiB");
    addAt(
        list,
        cold.named("memory-over-floor"),
        "no-op, peak memory over the floor",
        MOST,
        10,
        "MiB");
    list.add(
        new Target(
            "no-op, cold, wall at 1,000 by wall at 10",
            1.10,
            "x",
            ratio(cold.named("wall"), MANY, FEW)));
    list.add(
        new Target(
            "no-op, cold, wall at 10,000 by wall at 10",
            1.25,
            "x",
            ratio(cold.named("wall"), MOST, FEW)));
  }

  private void addWarm(List<Target> list) {
    Results warm = ours.part("warm");
    String added = "no-op, warm application, wall added at 1,000, by ";
    list.add(
        new Target(
            added + "a hand-written query and comparison",
            1.2,
            "x",
            warm.of(MANY).named("wall/jdbc").median()));
    list.add(new Target(added + "the leanest peer's", 0.35, "x", byLeanestPeer()));
    list.add(
        new Target(
            added + "Flyway's", 0.08, "x", warm.of(MANY).named("wall/" + Tools.FLYWAY).median()));
    list.add(
        new Target(
            added + "Liquibase's",
            0.02,
            "x",
            warm.of(MANY).named("wall/" + Tools.LIQUIBASE).median()));
  }

  private void addSteps(List<Target> list) {
    Results apply = ours.part("apply");
    list.add(
        new Target(
            "an executed migration on PostgreSQL, statements beyond its own",
            5,
            "",
            apply.named("statements-each").median()));
    list.add(
        new Target(
            "an executed migration on PostgreSQL, round trips beyond its own",
            4,
            "",
            apply.named("round-trips-each").median()));
    list.add(
        new Target(
            "apply 1,000, wall by a loop with the same bodies and bookkeeping",
            1.05,
            "x",
            apply.of(MANY).named("wall/by-hand").median()));
    list.add(
        new Target(
            "apply 1,000, wall by Flyway's",
            0.5,
            "x",
            apply.of(MANY).named("wall/" + Tools.FLYWAY).median()));
    list.add(
        new Target(
            "apply, wall of 5,000 by wall of 1,000",
            5.5,
            "x",
            ratio(apply.named("wall"), GROWN, MANY)));
  }

  private void addBuild(List<Target> list) {
    Results compile = ours.part("compile");
    list.add(
        new Target(
            "compile 1,000, CPU by that of the same sources without the processor",
            1.30,
            "x",
            compile.of(MANY).named("cpu-ratio").median()));
    list.add(
        new Target(
            "compile, CPU added at 10,000 by CPU added at 1,000",
            10,
            "x",
            ratio(compile.named("cpu-added"), MOST, MANY)));
    Results size = ours.part("size");
    list.add(
        new Target(
            "run-time jars beside JDBI and driver, size",
            120,
            "KiB",
            size.named("bytes").median()));
    list.add(
        new Target(
            "run-time jars beside JDBI and driver, number", 2, "", size.named("jars").median()));
  }

  private static void addAt(
      List<Target> list, Results figures, String what, int migrations, double most, String unit) {
    list.add(
        new Target(
            what + " at " + Numbers.count(migrations),
            most,
            unit,
            figures.of(migrations).median()));
  }

  private OptionalDouble byLeanestPeer() {
    Results wall = all.part("warm").of(MANY).named("wall");
    OptionalDouble leanest =
        Tools.PEERS.stream().flatMapToDouble(peer -> wall.by(peer).medians()).min();
    OptionalDouble own = wall.by(Tools.KYSERA).median();
    return own.isPresent() && leanest.isPresent()
        ? OptionalDouble.of(own.getAsDouble() / leanest.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble ratio(Results figures, int of, int by) {
    OptionalDouble value = figures.of(of).median();
    OptionalDouble base = figures.of(by).median();
    return value.isPresent() && base.isPresent()
        ? OptionalDouble.of(value.getAsDouble() / base.getAsDouble())
        : OptionalDouble.empty();
  }
}
