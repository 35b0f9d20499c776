package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.contestants.WarmStart;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A measured process, of whose whole life the shell tells the time.
 *
 * @param classPath its class path
 * @param options options of the JVM besides those that all have
 * @param arguments its main class and its arguments
 */
record Child(List<String> classPath, List<String> options, List<String> arguments) {

  /** The options of every measured JVM. */
  static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx1g");

  private static final String TIMES = "TIMEFORMAT='%3R %3U %3S'; time \"$@\"";

  private static final double MILLIS = 1000;

  /** What is done when the process says that it is ready. */
  interface Ready {
    void run() throws Exception;
  }

  /**
   * Runs it to its end, and returns the figures that it has printed, and its wall and CPU in ms.
   */
  Printed run(Ready ready) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "-c", TIMES, "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
    command.addAll(arguments);
    Path errors = Files.createTempFile("child", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      Map<String, Double> figures = new HashMap<>();
      try (BufferedReader out = process.inputReader();
          Writer in = process.outputWriter()) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          if (line.equals(WarmStart.READY)) {
            ready.run();
            in.write("\n");
            in.flush();
          } else {
            add(line, figures);
          }
        }
      }
      if (process.waitFor() != 0) {
        throw new IOException(arguments + " failed:\n" + Files.readString(errors));
      }
      addTimes(Files.readAllLines(errors), figures);
      return new Printed(figures);
    } finally {
      Files.delete(errors);
    }
  }

  private static void add(String line, Map<String, Double> figures) {
    int equals = line.indexOf('=');
    if (equals > 0 && line.substring(equals + 1).matches("[0-9]+")) {
      figures.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
    }
  }

  private static void addTimes(List<String> lines, Map<String, Double> figures) {
    String[] times = lines.get(lines.size() - 1).split(" ", -1);
    figures.put("process-wall", Double.parseDouble(times[0]) * MILLIS);
    figures.put(
        "process-cpu", (Double.parseDouble(times[1]) + Double.parseDouble(times[2])) * MILLIS);
  }
}
