package dev.kysera.migrations.benchmarks.starts;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who takes part in what. */
final class Entrants {

  /** Above it, those stay out whose history takes minutes to make, and further forms of a tool. */
  private static final int MANY = 1000;

  private static final Set<Entrant> NOT_WITH_MANY =
      EnumSet.of(
          Entrant.FLYWAY_JAVA,
          Entrant.FLYWAY_SCAN,
          Entrant.FLYWAY_SQL,
          Entrant.LIQUIBASE_SQL,
          Entrant.LIQUIBASE_JAVA);

  /** Those that are let apply the most. */
  static final List<Entrant> LEANEST = List.of(Entrant.BY_HAND, Entrant.KYSERA);

  private Entrants() {}

  /** Those whose start is measured. */
  static List<Entrant> starting(int migrations) {
    Set<Entrant> all = EnumSet.allOf(Entrant.class);
    all.remove(Entrant.BY_HAND); // starts as plain JDBC does
    if (migrations > MANY) {
      all.removeAll(NOT_WITH_MANY);
    }
    return List.copyOf(all);
  }

  /** Those that execute migrations, a tool whose forms cost the same by one or two of them. */
  static List<Entrant> applying() {
    Set<Entrant> all = EnumSet.allOf(Entrant.class);
    all.removeIf(Entrant::isFloor);
    all.removeAll(EnumSet.of(Entrant.FLYWAY_SCAN, Entrant.LIQUIBASE_JAVA));
    return List.copyOf(all);
  }
}
