package dev.kysera.migrations.benchmarks.compile;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Measurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Compiles the same sources with the processor, with the least processor that could do, with the
 * least one that writes a class beside each migration, and with none, in rounds of one compilation
 * each. Ratios are taken within a round.
 */
public final class CompileMeasurement implements Measurement {

  private static final String NAME = "compile";

  private static final long SEED = 1;

  private record Size(int migrations, int rounds) {}

  /** Odd numbers of rounds, so that a median is a figure that was seen. */
  private static final List<Size> SIZES =
      List.of(new Size(100, 7), new Size(1000, 7), new Size(10_000, 3));

  /** Creates the measurement. */
  public CompileMeasurement() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Figure> measure() throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    for (Size size : SIZES) {
      figures.addAll(measure(size));
    }
    return figures;
  }

  private static List<Figure> measure(Size size) throws IOException, InterruptedException {
    Rounds javac = new Rounds(Contestant.JAVAC);
    Rounds minimal = new Rounds(Contestant.MINIMAL);
    Rounds companions = new Rounds(Contestant.COMPANIONS);
    Rounds kysera = new Rounds(Contestant.KYSERA);
    List<Rounds> order = new ArrayList<>(List.of(javac, minimal, companions, kysera));
    Random random = new Random(SEED);
    try (Workspace workspace = Workspace.create(size.migrations())) {
      workspace.compile(Contestant.KYSERA); // fills the caches of the file system
      for (int round = 0; round < size.rounds(); round++) {
        Collections.shuffle(order, random);
        for (Rounds next : order) {
          next.add(workspace.compile(next.contestant()));
        }
        minimal.addCpuOver(javac);
        companions.addCpuOver(javac);
        kysera.addCpuOver(javac);
        kysera.add(workspace.loadRegistry());
      }
    }
    return Stream.of(javac, minimal, companions, kysera)
        .flatMap(rounds -> rounds.figures(NAME, size.migrations()).stream())
        .toList();
  }
}
