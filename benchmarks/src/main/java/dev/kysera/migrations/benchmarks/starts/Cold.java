package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Measurement;
import dev.kysera.migrations.benchmarks.Settings;
import dev.kysera.migrations.benchmarks.inputs.Body;
import dev.kysera.migrations.benchmarks.wire.WireCounts;
import dev.kysera.migrations.benchmarks.wire.WireProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whole processes that find nothing to do, from the start of their JVM to its end. */
public final class Cold implements Measurement {

  private static final String SLOW_KIND = PostgresServer.KIND + "+1ms";
  private static final Duration SLOW = Duration.ofMillis(1);

  private final Settings settings;

  private final Set<Entrant> entrants;
  private final List<String> otherKinds;

  public Cold(Settings settings) {
    this(settings, EnumSet.allOf(Entrant.class), List.of(SLOW_KIND, Database.H2, Database.SQLITE));
  }

  /** Measures some of the contestants, and on some of the databases beside PostgreSQL. */
  Cold(Settings settings, Set<Entrant> entrants, List<String> otherKinds) {
    this.settings = settings;
    this.entrants = entrants;
    this.otherKinds = otherKinds;
  }

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public List<Figure> measure() throws Exception {
    List<Figure> figures = new ArrayList<>();
    Laboratory laboratory = new Laboratory(settings.folder());
    try (PostgresServer server = PostgresServer.start();
        WireProxy counting = WireProxy.to(server.port(), Duration.ZERO);
        WireProxy slow = WireProxy.to(server.port(), SLOW)) {
      for (int migrations : settings.sizes()) {
        List<Entrant> starting =
            Entrants.starting(migrations).stream().filter(entrants::contains).toList();
        Databases databases =
            Databases.create(
                starting,
                entrant ->
                    laboratory.prepare(
                        entrant,
                        migrations,
                        Body.NOTHING,
                        server.create("cold_" + entrant.identifier() + "_" + migrations)));
        NoOps noOps = new NoOps(laboratory, migrations);
        Samples samples =
            noOps.timed(name(), PostgresServer.KIND, databases, settings.rounds(migrations));
        for (Entrant entrant : databases.entrants()) {
          WireCounts before = counting.counts();
          noOps.counted(entrant, server.counted(counting, databases.of(entrant)), samples);
          Counts.add(samples, entrant, counting.counts().since(before));
        }
        figures.addAll(Counts.withOverFloor(samples));
        if (settings.elsewhere().contains(migrations)) {
          if (otherKinds.contains(SLOW_KIND)) {
            Databases far = databases.by(near -> server.through(slow, near, SLOW_KIND));
            figures.addAll(
                Counts.withOverFloor(noOps.timed(name(), SLOW_KIND, far, settings.fewerRounds())));
          }
          figures.addAll(inFiles(laboratory, noOps, migrations, starting));
        }
      }
    }
    return figures;
  }

  private List<Figure> inFiles(
      Laboratory laboratory, NoOps noOps, int migrations, List<Entrant> starting) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (String kind : otherKinds) {
      if (kind.equals(SLOW_KIND)) {
        continue;
      }
      Databases databases =
          Databases.create(
              starting,
              entrant ->
                  laboratory.prepare(
                      entrant,
                      migrations,
                      Body.NOTHING,
                      Database.file(
                          kind,
                          settings.folder().resolve("databases"),
                          entrant.title() + "-" + migrations)));
      Samples samples = noOps.timed(name(), kind, databases, settings.fewerRounds());
      for (Entrant entrant : databases.entrants()) {
        noOps.counted(entrant, databases.of(entrant), samples, "count");
      }
      figures.addAll(Counts.withOverFloor(samples));
    }
    return figures;
  }
}
