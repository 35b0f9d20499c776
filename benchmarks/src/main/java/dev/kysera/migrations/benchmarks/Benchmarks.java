package dev.kysera.migrations.benchmarks;

import dev.kysera.migrations.benchmarks.compile.CompileMeasurement;
import dev.kysera.migrations.benchmarks.inside.Inside;
import dev.kysera.migrations.benchmarks.violations.Violations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the measurements that are named, all of them if none is, and keeps their figures in a file
 * from which the tables and charts are made.
 */
public final class Benchmarks {

  private static final Path FIGURES = Path.of("results.csv");

  private static final List<Measurement> ALL =
      List.of(new CompileMeasurement(), new Inside(), new Violations());

  private Benchmarks() {}

  /** Takes names of measurements. */
  public static void main(String[] names) throws Exception {
    List<String> wanted = List.of(names);
    for (Measurement measurement : ALL) {
      if (wanted.isEmpty() || wanted.contains(measurement.name())) {
        List<Figure> figures = new ArrayList<>(Figures.read(FIGURES));
        figures.removeIf(figure -> figure.part().equals(measurement.name()));
        figures.addAll(measurement.measure());
        Figures.write(FIGURES, figures);
      }
    }
  }
}
