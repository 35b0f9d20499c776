package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.wire.WireCounts;
import dev.kysera.migrations.benchmarks.wire.WireProxy;

/** What a contestant does in an application that is up. */
final class Verbs {

  private static final double NANOS_PER_MILLI = 1_000_000;

  private Verbs() {}

  /** Measures what it adds. */
  static void time(Child child, Samples samples, Turn turn) throws Exception {
    Printed printed = child.run(() -> {});
    String title = turn.entrant().title();
    samples.add(turn.round(), title, "wall", "ms", printed.get("wall") / NANOS_PER_MILLI);
    samples.add(turn.round(), title, "cpu", "ms", printed.get("cpu") / NANOS_PER_MILLI);
    samples.add(turn.round(), title, "classes", "", printed.get("classes"));
  }

  /** Counts what it says to the server. */
  static WireCounts count(Child child, WireProxy proxy) throws Exception {
    WireCounts[] before = {proxy.counts()};
    child.run(() -> before[0] = proxy.counts());
    return proxy.counts().since(before[0]);
  }
}
