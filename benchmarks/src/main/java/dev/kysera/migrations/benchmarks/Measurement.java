package dev.kysera.migrations.benchmarks;

import java.util.List;

/** One part of the benchmarks. */
public interface Measurement {

  /** The name by which it is chosen on the command line, and the part of its figures. */
  String name();

  /** Measures, from scratch, whatever it needs included. */
  List<Figure> measure() throws Exception;
}
