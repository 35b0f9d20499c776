package dev.kysera.migrations.benchmarks.starts;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The database of each contestant; those that write the same history share one. */
record Databases(Map<Entrant, Database> byEntrant) {

  /** Creates a database for a contestant. */
  interface Creation {
    Database create(Entrant entrant) throws Exception;
  }

  static Databases create(Collection<Entrant> entrants, Creation creation) throws Exception {
    Map<Entrant, Database> databases = new EnumMap<>(Entrant.class);
    for (Entrant entrant : entrants) {
      Database shared = databases.get(entrant.historian());
      databases.put(entrant, shared == null ? creation.create(entrant) : shared);
    }
    return new Databases(databases);
  }

  Collection<Entrant> entrants() {
    return byEntrant.keySet();
  }

  Database of(Entrant entrant) {
    Database database = byEntrant.get(entrant);
    if (database == null) {
      throw new IllegalArgumentException(entrant + " has none");
    }
    return database;
  }

  /** The same databases by another way. */
  Databases by(UnaryOperator<Database> way) {
    Map<Entrant, Database> databases = new EnumMap<>(byEntrant);
    databases.replaceAll((entrant, database) -> way.apply(database));
    return new Databases(databases);
  }
}
