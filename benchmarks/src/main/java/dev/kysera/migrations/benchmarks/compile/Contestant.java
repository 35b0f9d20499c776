package dev.kysera.migrations.benchmarks.compile;

import java.util.List;
import javax.annotation.processing.Processor;

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
      new Contestant("minimal-processor", processor(ListingProcessor.class));

  /** As little, with a class beside each migration. */
  static final Contestant COMPANIONS =
      new Contestant("minimal-companions", processor(CompanionProcessor.class));

  /** Ours, found as a user's compiler finds it. */
  static final Contestant KYSERA =
      new Contestant(
          "kysera", List.of("-processorpath", CodeLocations.joined(CodeLocations.PROCESSOR)));

  private static List<String> processor(Class<? extends Processor> type) {
    return List.of(
        "-processor",
        type.getName(),
        "-processorpath",
        CodeLocations.joined(CodeLocations.BENCHMARKS));
  }
}
