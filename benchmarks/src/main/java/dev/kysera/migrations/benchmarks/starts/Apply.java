package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Measurement;
import dev.kysera.migrations.benchmarks.Settings;
import dev.kysera.migrations.benchmarks.inputs.Body;
import dev.kysera.migrations.benchmarks.wire.WireCounts;
import dev.kysera.migrations.benchmarks.wire.WireProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All migrations on an empty PostgreSQL database. */
public final class Apply implements Measurement {

  /** Of the counts for so many and so many more, what one migration costs is the difference. */
  private static final int FEW = 10;

  private static final int MORE = 30;

  private final Settings settings;

  public Apply(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "apply";
  }

  @Override
  public List<Figure> measure() throws Exception {
    List<Figure> figures = new ArrayList<>();
    Laboratory laboratory = new Laboratory(settings.folder());
    try (PostgresServer server = PostgresServer.start();
        WireProxy proxy = WireProxy.to(server.port(), Duration.ZERO)) {
      Samples counted = new Samples(name(), PostgresServer.KIND, MORE);
      for (Entrant entrant : Entrants.applying()) {
        count(laboratory, server, proxy, entrant, counted);
      }
      figures.addAll(counted.figures());
      Samples timed =
          time(laboratory, server, Entrants.applying(), settings.applied(), settings.fewerRounds());
      for (Entrant base : List.of(Entrant.BY_HAND, Entrant.FLYWAY_SQL, Entrant.LIQUIBASE_XML)) {
        timed.addRatios("wall", base.title());
      }
      figures.addAll(timed.figures());
      if (settings.growth() > 0) {
        Samples growth = time(laboratory, server, Entrants.LEANEST, settings.growth(), 2);
        growth.addRatios("wall", Entrant.BY_HAND.title());
        figures.addAll(growth.figures());
      }
    }
    return figures;
  }

  private Samples time(
      Laboratory laboratory,
      PostgresServer server,
      Collection<Entrant> entrants,
      int migrations,
      int rounds)
      throws Exception {
    Samples samples = new Samples(name(), PostgresServer.KIND, migrations);
    int number = 0;
    for (Turn turn : Turn.shuffled(entrants, rounds)) {
      String database = "apply_" + number++;
      Entrant entrant = turn.entrant();
      Database empty = server.create(database);
      Laboratory.createTables(entrant, empty);
      Verbs.time(laboratory.warm(entrant, migrations, Body.TABLES, empty, "up"), samples, turn);
      Laboratory.requireHistory(entrant, migrations, empty);
      server.drop(database);
    }
    return samples;
  }

  /** Counts what each migration costs beside its own statement. */
  private static void count(
      Laboratory laboratory,
      PostgresServer server,
      WireProxy proxy,
      Entrant entrant,
      Samples samples)
      throws Exception {
    WireCounts few = count(laboratory, server, proxy, entrant, FEW);
    WireCounts each = count(laboratory, server, proxy, entrant, MORE).since(few);
    double migrations = MORE - FEW;
    String title = entrant.title();
    samples.add(0, title, "statements-each", "", each.statements() / migrations - 1);
    samples.add(0, title, "round-trips-each", "", each.roundTrips() / migrations - 1);
    samples.add(0, title, "begins-each", "", each.begins() / migrations);
    samples.add(0, title, "commits-each", "", each.commits() / migrations);
  }

  private static WireCounts count(
      Laboratory laboratory,
      PostgresServer server,
      WireProxy proxy,
      Entrant entrant,
      int migrations)
      throws Exception {
    String database = "count_" + entrant.identifier() + "_" + migrations;
    Database empty = server.create(database);
    Laboratory.createTables(entrant, empty);
    WireCounts counts =
        Verbs.count(
            laboratory.warm(entrant, migrations, Body.TABLES, server.counted(proxy, empty), "up"),
            proxy);
    Laboratory.requireHistory(entrant, migrations, empty);
    server.drop(database);
    return counts;
  }
}
