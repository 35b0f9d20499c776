package dev.kysera.migrations.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The file of all figures, a line each, from which the tables and the charts are made. */
final class Figures {

  private static final String HEADER =
      "part,database,contestant,migrations,name,unit,median,min,max,rounds";

  private Figures() {}

  /** Reads the file; an absent one holds none. */
  static List<Figure> read(Path file) throws IOException {
    List<Figure> figures = new ArrayList<>();
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      for (String line : lines.subList(1, lines.size())) {
        String[] f = line.split(",", -1);
        figures.add(
            new Figure(
                f[0],
                f[1],
                f[2],
                Integer.parseInt(f[3]),
                f[4],
                f[5],
                Double.parseDouble(f[6]),
                Double.parseDouble(f[7]),
                Double.parseDouble(f[8]),
                Integer.parseInt(f[9])));
      }
    }
    return figures;
  }

  static void write(Path file, List<Figure> figures) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    for (Figure f : figures) {
      lines.add(
          String.join(
              ",",
              f.part(),
              f.database(),
              f.contestant(),
              String.valueOf(f.migrations()),
              f.name(),
              f.unit(),
              number(f.median()),
              number(f.min()),
              number(f.max()),
              String.valueOf(f.rounds())));
    }
    Files.write(file, lines);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
