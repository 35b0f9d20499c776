package dev.kysera.migrations.benchmarks;

import dev.kysera.migrations.benchmarks.compile.CompileMeasurement;
import dev.kysera.migrations.benchmarks.inside.Inside;
import dev.kysera.migrations.benchmarks.report.Charts;
import dev.kysera.migrations.benchmarks.report.Circumstances;
import dev.kysera.migrations.benchmarks.report.Report;
import dev.kysera.migrations.benchmarks.starts.Apply;
import dev.kysera.migrations.benchmarks.starts.Cold;
import dev.kysera.migrations.benchmarks.starts.Mixed;
import dev.kysera.migrations.benchmarks.starts.PostgresServer;
import dev.kysera.migrations.benchmarks.starts.Size;
import dev.kysera.migrations.benchmarks.starts.Warm;
import dev.kysera.migrations.benchmarks.violations.Violations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the measurements that are named, all of them if none is, and keeps their figures in a file
 * from which the tables and charts are made.
 */
public final class Benchmarks {

  private static final Path FIGURES = Path.of("results.csv");
  private static final Path CIRCUMSTANCES = Path.of("results.txt");
  private static final Path FOLDER = Path.of("target", "benchmarks");
  private static final String QUICK = "quick";
  private static final String REPORT = "report";
  private static final String ROUNDS = "rounds=";

  private Benchmarks() {}

  /** What an earlier build has generated may be of another processor. */
  private static void deleteGenerated(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Measurement> all(Settings settings) {
    return List.of(
        new Warm(settings),
        new Cold(settings),
        new Apply(settings),
        new Mixed(settings),
        new CompileMeasurement(),
        new Inside(),
        new Size(),
        new Violations());
  }

  /**
   * Takes names of measurements, {@code quick} for a look, and {@code rounds=N} for another number
   * of rounds. {@code report} measures nothing, and writes the tables and charts anew.
   */
  public static void main(String[] arguments) throws Exception {
    List<String> wanted = new ArrayList<>(List.of(arguments));
    Path folder = FOLDER.toAbsolutePath();
    Settings settings = wanted.remove(QUICK) ? Settings.quick(folder) : Settings.full(folder);
    for (String argument : arguments) {
      if (argument.startsWith(ROUNDS)) {
        settings = settings.withRounds(Integer.parseInt(argument.substring(ROUNDS.length())));
        wanted.remove(argument);
      }
    }
    if (!wanted.contains(REPORT)) {
      deleteGenerated(folder);
    }
    for (Measurement measurement : all(settings)) {
      if (wanted.isEmpty() || wanted.contains(measurement.name())) {
        List<Figure> figures = new ArrayList<>(Figures.read(FIGURES));
        figures.removeIf(figure -> figure.part().equals(measurement.name()));
        figures.addAll(measurement.measure());
        Figures.write(FIGURES, figures);
        Circumstances.add(
            CIRCUMSTANCES, measurement.name(), List.of(arguments), PostgresServer.SETTINGS);
      }
    }
    List<Figure> figures = Figures.read(FIGURES);
    Charts.write(Path.of(Charts.FOLDER), figures);
    Report.write(Path.of("RESULTS.md"), figures, Circumstances.read(CIRCUMSTANCES));
  }
}
