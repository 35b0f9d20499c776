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
        List<Placed> databases = new ArrayList<>();
        for (Entrant entrant : entrants) {
          Database database = server.create("cold_" + entrant.identifier() + "_" + migrations);
          laboratory.prepare(entrant, migrations, Body.NOTHING, database);
          databases.add(new Placed(entrant, database));
        }
        NoOps noOps = new NoOps(laboratory, settings.rounds(), migrations);
        Samples samples = noOps.timed(name(), PostgresServer.KIND, databases);
        for (Placed placed : databases) {
          WireCounts before = counting.counts();
          noOps.counted(placed.entrant(), server.counted(counting, placed.database()), samples);
          Counts.add(samples, placed.entrant(), counting.counts().since(before));
        }
        figures.addAll(Counts.withOverFloor(samples));
        if (Entrants.elsewhere(migrations, settings.sizes())) {
          List<Placed> far =
              databases.stream()
                  .map(p -> new Placed(p.entrant(), server.through(slow, p.database(), SLOW_KIND)))
                  .toList();
          figures.addAll(Counts.withOverFloor(noOps.timed(name(), SLOW_KIND, far)));
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
      List<Placed> databases = new ArrayList<>();
      for (Entrant entrant : entrants) {
        Database database =
            Database.file(
                kind, settings.folder().resolve("databases"), entrant.title() + "-" + migrations);
        laboratory.prepare(entrant, migrations, Body.NOTHING, database);
        databases.add(new Placed(entrant, database));
      }
      Samples samples = noOps.timed(name(), kind, databases);
      for (Placed placed : databases) {
        noOps.counted(placed.entrant(), placed.database(), samples, "count");
      }
      figures.addAll(Counts.withOverFloor(samples));
    }
    return figures;
  }
}
