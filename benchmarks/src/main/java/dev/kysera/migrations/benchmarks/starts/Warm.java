package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Measurement;
import dev.kysera.migrations.benchmarks.Settings;
import dev.kysera.migrations.benchmarks.inputs.Body;
import dev.kysera.migrations.benchmarks.wire.WireProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a look that finds nothing to do adds to an application that is up, on PostgreSQL. */
public final class Warm implements Measurement {

  private final Settings settings;

  public Warm(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "warm";
  }

  @Override
  public List<Figure> measure() throws Exception {
    List<Figure> figures = new ArrayList<>();
    Laboratory laboratory = new Laboratory(settings.folder());
    try (PostgresServer server = PostgresServer.start();
        WireProxy proxy = WireProxy.to(server.port(), Duration.ZERO)) {
      for (int migrations : settings.elsewhere()) {
        Databases databases =
            Databases.create(
                Entrants.starting(migrations),
                entrant ->
                    laboratory.prepare(
                        entrant,
                        migrations,
                        Body.NOTHING,
                        server.create("warm_" + entrant.identifier() + "_" + migrations)));
        Samples samples = new Samples(name(), PostgresServer.KIND, migrations);
        for (Turn turn : Turn.shuffled(databases.entrants(), settings.rounds())) {
          Entrant entrant = turn.entrant();
          Verbs.time(
              laboratory.warm(entrant, migrations, Body.NOTHING, databases.of(entrant), "up"),
              samples,
              turn);
        }
        for (Entrant entrant : databases.entrants()) {
          Database counted = server.counted(proxy, databases.of(entrant));
          Counts.add(
              samples,
              entrant,
              Verbs.count(
                  laboratory.warm(entrant, migrations, Body.NOTHING, counted, "up"), proxy));
        }
        figures.addAll(Counts.withRatios(samples));
      }
    }
    return figures;
  }
}
