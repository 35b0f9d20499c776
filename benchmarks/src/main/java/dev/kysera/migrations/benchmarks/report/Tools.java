package dev.kysera.migrations.benchmarks.report;

import java.util.Comparator;
import java.util.List;

/** The contestants in the order in which they are shown. */
final class Tools {

  static final String KYSERA = "kysera";
  static final String FLYWAY = "flyway-sql";
  static final String LIQUIBASE = "liquibase-xml";

  /** What users would pick instead. */
  static final List<String> PEERS =
      List.of(
          "flyway-java",
          "flyway-scan",
          FLYWAY,
          LIQUIBASE,
          "liquibase-sql",
          "liquibase-java",
          "mybatis",
          "ebean");

  private static final List<String> ORDER =
      List.of("floor-jdbc", "floor", "jdbc", "jdbi", "by-hand", KYSERA);

  private Tools() {}

  /** Brings contestants into the order in which they are shown; strangers come last. */
  static List<String> ordered(List<String> contestants) {
    return contestants.stream().sorted(Comparator.comparingInt(Tools::rank)).toList();
  }

  private static int rank(String contestant) {
    if (ORDER.contains(contestant)) {
      return ORDER.indexOf(contestant);
    }
    int peer = PEERS.indexOf(contestant);
    return ORDER.size() + (peer < 0 ? PEERS.size() : peer);
  }
}
