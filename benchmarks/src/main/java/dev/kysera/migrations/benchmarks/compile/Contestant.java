package dev.kysera.migrations.benchmarks.compile;

import java.util.List;

/**
 * A way of compiling the same sources.
 *
 * @param label the name in the figures
 * @param options what is handed to javac besides the sources, the class path and the output
 */
record Contestant(String label, List<String> options) {

  /** No processor at all. */
  static final Contestant JAVAC = new Contestant("javac", List.of("-proc:none"));

  /** The least that writes a registry, without rules, order and metadata. */
  static final Contestant MINIMAL =
      new Contestant(
          "minimal-processor",
          List.of(
              "-processor",
              ListingProcessor.class.getName(),
              "-processorpath",
              CodeLocations.joined(CodeLocations.BENCHMARKS)));

  /** Ours, found as a user's compiler finds it. */
  static final Contestant KYSERA =
      new Contestant(
          "kysera", List.of("-processorpath", CodeLocations.joined(CodeLocations.PROCESSOR)));
}
