package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Five migrations of every kind, and what their effects look like in the database: none, complete,
 * or something between. After any crash the tables must tell the truth about them.
 */
final class CrashScenario {

  private static final List<String> NAMES =
      List.of("001_ddl", "002_dml", "003_mixed", "004_outside", "005_last");

  static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add(
              "001_ddl",
              h -> {
                h.execute("create table t1 (id int)");
                h.execute("create view v1 as select id from t1");
              },
              h -> {
                h.execute("drop view v1");
                h.execute("drop table t1");
              })
          .add(
              "002_dml",
              h -> {
                h.execute("insert into t1 values (1)");
                h.execute("insert into t1 values (2)");
              },
              h -> {
                h.execute("delete from t1 where id = 1");
                h.execute("delete from t1 where id = 2");
              })
          .add(
              "003_mixed",
              h -> {
                h.execute("insert into t1 values (3)");
                h.execute("create table t3 (id int)");
                h.execute("insert into t3 values (1)");
              },
              h -> {
                h.execute("delete from t1 where id = 3");
                h.execute("drop table t3");
              })
          .add(MigrationDefinition.of("004_outside").asNonTransactional(), new Outside())
          .add(
              "005_last",
              h -> h.execute("create table t5 (id int)"),
              h -> h.execute("drop table t5"))
          .build();

  private record Outside() implements JdbiMigration {
    @Override
    public void up(Handle h) {
      h.execute("create table t4 (id int)");
      h.execute("insert into t4 values (1)");
    }

    @Override
    public void down(Handle h) {
      h.execute("delete from t4");
      h.execute("drop table t4");
    }
  }

  enum Effect {
    NONE,
    PARTIAL,
    COMPLETE
  }

  private CrashScenario() {}

  static Effect effect(TestDatabase db, String name) {
    return switch (name) {
      case "001_ddl" -> of(db.hasTable("t1"), db.hasTable("v1"));
      case "002_dml" -> of(rows(db, "t1", "id = 1") == 1, rows(db, "t1", "id = 2") == 1);
      case "003_mixed" ->
          of(rows(db, "t1", "id = 3") == 1, db.hasTable("t3"), rows(db, "t3", "id = 1") == 1);
      case "004_outside" -> of(db.hasTable("t4"), rows(db, "t4", "id = 1") == 1);
      case "005_last" -> of(db.hasTable("t5"));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Effect of(boolean... parts) {
    int there = 0;
    for (boolean part : parts) {
      there += part ? 1 : 0;
    }
    return there == 0 ? Effect.NONE : there == parts.length ? Effect.COMPLETE : Effect.PARTIAL;
  }

  private static int rows(TestDatabase db, String table, String where) {
    return db.hasTable(table)
        ? db.strings("select id from " + table + " where " + where).size()
        : 0;
  }

  /** An open attempt as the journal holds it. */
  record Open(String id, String name, boolean dirty) {}

  static Optional<Open> open(TestDatabase db) {
    if (!db.hasTable("migrations_journal")) {
      return Optional.empty();
    }
    return db.onlooker()
        .withHandle(
            h ->
                h.createQuery("select id, name, phase from migrations_journal where open_slot = 1")
                    .map(
                        (row, context) ->
                            new Open(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3).equals("DIRTY")))
                    .findOne());
  }

  /**
   * Checks the tables against the effects: what the history has is complete, what it has not and
   * nobody has open left nothing, and what is open and clean left nothing.
   */
  static void assertTruthful(TestDatabase db) {
    List<String> history = db.hasTable("migrations") ? db.history() : List.of();
    Optional<Open> open = open(db);
    for (String name : NAMES) {
      Effect effect = effect(db, name);
      boolean isOpen = open.map(o -> o.name().equals(name)).orElse(false);
      if (isOpen && open.get().dirty()) {
        continue;
      }
      assertThat(effect)
          .as("effect of " + name + ", history " + history + ", open " + open)
          .isEqualTo(history.contains(name) ? Effect.COMPLETE : Effect.NONE);
    }
  }

  /**
   * Runs again, as the next process would: either everything is done, or the one migration that may
   * be half done is named.
   */
  static void assertNextRunIsRight(TestDatabase db, Direction direction) {
    Optional<Open> open = open(db);
    MigrationRunner next = MigrationRunner.create(Jdbi.create(db::connect), REGISTRY, quick());
    try {
      if (direction == Direction.UP) {
        next.up();
        assertThat(db.history()).isEqualTo(NAMES);
      } else {
        next.reset();
        assertThat(db.hasTable("migrations") ? db.history() : List.of()).isEmpty();
      }
      assertThat(open(db)).isEmpty();
    } catch (InterruptedMigrationException e) {
      assertThat(open).as("open when " + e.getMessage()).isPresent();
      assertThat(e.attempt()).isEqualTo(open.get().id());
      assertThat(e.name()).isEqualTo(open.get().name());
      assertThat(open.get().dirty() || !db.kind().provesTheDead()).isTrue();
    }
    assertTruthful(db);
  }

  /** Options that do not wait long for somebody who may be dead. */
  static MigrationOptions quick() {
    return MigrationOptions.builder()
        .logger(line -> {})
        .lockTimeout(Duration.ofMillis(100))
        .build();
  }
}
