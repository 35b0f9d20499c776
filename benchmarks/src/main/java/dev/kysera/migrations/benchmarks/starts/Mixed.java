package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Measurement;
import dev.kysera.migrations.benchmarks.Settings;
import dev.kysera.migrations.benchmarks.inputs.Body;
import java.util.List;

/** Ten pending migrations among many, the status then, and ten steps back, on PostgreSQL. */
public final class Mixed implements Measurement {

  private static final int PENDING = 10;
  private static final double NANOS_PER_MILLI = 1_000_000;

  private final Settings settings;

  public Mixed(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "mixed";
  }

  @Override
  public List<Figure> measure() throws Exception {
    Laboratory laboratory = new Laboratory(settings.folder());
    int migrations = settings.applied();
    int executed = migrations - PENDING;
    Body body = new Body(executed);
    Samples samples = new Samples(name(), PostgresServer.KIND, migrations);
    try (PostgresServer server = PostgresServer.start()) {
      Databases templates =
          Databases.create(
              Entrants.applying(),
              entrant ->
                  laboratory.prepare(
                      entrant, executed, body, server.create("mixed_" + entrant.identifier())));
      for (Turn turn : Turn.shuffled(templates.entrants(), settings.fewerRounds())) {
        Entrant entrant = turn.entrant();
        Database database = server.create("mixed", "mixed_" + entrant.historian().identifier());
        add(samples, turn, "up", laboratory.warm(entrant, migrations, body, database, "up"));
        Laboratory.requireHistory(entrant, migrations, database);
        if (entrant.tellsStatus()) {
          add(
              samples,
              turn,
              "status",
              laboratory.warm(entrant, migrations, body, database, "status"));
        }
        if (entrant.goesBack()) {
          add(
              samples,
              turn,
              "down",
              laboratory.warm(
                  entrant, migrations, body, database, "down", String.valueOf(PENDING)));
        }
        server.drop("mixed");
      }
    }
    return samples.figures();
  }

  private static void add(Samples samples, Turn turn, String verb, Child child) throws Exception {
    samples.add(
        turn.round(),
        turn.entrant().title(),
        verb,
        "ms",
        child.run(() -> {}).get("wall") / NANOS_PER_MILLI);
  }
}
