package dev.kysera.migrations.benchmarks.compile;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JVM of its own that measures one thing, so that it begins cold. */
final class JavaProcess {

  /** The milliseconds from the start of a process to its end. */
  static final String WALL = "wall";

  private static final double NANOS_PER_MILLI = 1_000_000;

  private JavaProcess() {}

  /**
   * Runs that class to its end.
   *
   * @return the figures that it printed, a name and a number in each line, and {@link #WALL}
   */
  static Map<String, Double> run(Class<?> main, List<Path> classPath, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(CodeLocations.joined(classPath));
    command.add(main.getName());
    command.addAll(arguments);
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    Map<String, Double> figures = new LinkedHashMap<>();
    try (BufferedReader output = process.inputReader()) {
      output
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(f -> figures.put(f[0], Double.valueOf(f[1])));
    }
    int outcome = process.waitFor();
    figures.put(WALL, (System.nanoTime() - start) / NANOS_PER_MILLI);
    if (outcome != 0) {
      throw new IllegalStateException("ended with " + outcome + ": " + String.join(" ", command));
    }
    return figures;
  }
}
