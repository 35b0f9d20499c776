package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Measurement;
import dev.kysera.migrations.benchmarks.Settings;
import dev.kysera.migrations.benchmarks.inputs.Body;
import dev.kysera.migrations.benchmarks.wire.WireCounts;
import dev.kysera.migrations.benchmarks.wire.WireProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whole processes that find nothing to do, from the start of their JVM to its end. */
public final class Cold implements Measurement {

  private static final String SLOW_KIND = PostgresServer.KIND + "+1ms";
  private static final Duration SLOW = Duration.ofMillis(1);

  private final Settings settings;

  public Cold(Settings settings) {
    this.settings = settings;
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
        List<Entrant> entrants = Entrants.starting(migrations);
        Databases databases =
            Databases.create(
                entrants,
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
        if (Entrants.elsewhere(migrations, settings.sizes())) {
          Databases far = databases.by(near -> server.through(slow, near, SLOW_KIND));
          figures.addAll(
              Counts.withOverFloor(noOps.timed(name(), SLOW_KIND, far, settings.fewerRounds())));
          figures.addAll(inFiles(laboratory, noOps, migrations, entrants));
        }
      }
    }
    return figures;
  }

  private List<Figure> inFiles(
      Laboratory laboratory, NoOps noOps, int migrations, List<Entrant> entrants) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (String kind : List.of(Database.H2, Database.SQLITE)) {
      Databases databases =
          Databases.create(
              entrants,
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
