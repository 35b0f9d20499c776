package dev.kysera.migrations.benchmarks.violations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Five migrations of every kind, the same for every tool. */
final class Scenario {

  /**
   * A migration.
   *
   * @param transactional whether it asks for a transaction
   */
  record Step(String name, boolean transactional, List<String> statements) {}

  /** Liquibase has them in {@code changelog.xml}. */
  static final List<Step> STEPS =
      List.of(
          new Step(
              "001_ddl",
              true,
              List.of("create table t1 (id int)", "create view v1 as select id from t1")),
          new Step(
              "002_dml", true, List.of("insert into t1 values (1)", "insert into t1 values (2)")),
          new Step(
              "003_mixed",
              true,
              List.of(
                  "insert into t1 values (3)",
                  "create table t3 (id int)",
                  "insert into t3 values (1)")),
          new Step(
              "004_outside",
              false,
              List.of("create table t4 (id int)", "insert into t4 values (1)")),
          new Step("005_last", true, List.of("create table t5 (id int)")));

  static final List<String> NAMES = STEPS.stream().map(Step::name).toList();

  private Scenario() {}

  /** Returns the effect of each migration, as the tables have it. */
  static Map<String, Effect> effects(Onlooker db) throws SQLException {
    Map<String, Effect> effects = new LinkedHashMap<>();
    effects.put("001_ddl", Effect.of(db.tables("t1"), db.tables("v1")));
    effects.put("002_dml", Effect.of(db.rows("t1", 1), db.rows("t1", 2)));
    effects.put("003_mixed", Effect.of(db.rows("t1", 3), db.tables("t3"), db.rows("t3", 1)));
    effects.put("004_outside", Effect.of(db.tables("t4"), db.rows("t4", 1)));
    effects.put("005_last", Effect.of(db.tables("t5")));
    return effects;
  }

  /** Returns which of them a text names, each as the tool calls it. */
  static List<String> named(String text, Contestant contestant) {
    List<String> named = new ArrayList<>();
    for (String name : NAMES) {
      if (text.contains(contestant.spoken(name))) {
        named.add(name);
      }
    }
    return named;
  }
}
