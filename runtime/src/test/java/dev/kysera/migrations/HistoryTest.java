package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories that somebody else has written, that do not fit the code, or that are none. */
class HistoryTest {

  private static MigrationRegistry registry(String... names) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (String name : names) {
      builder.add(name, h -> {}, h -> {});
    }
    return builder.build();
  }

  private static void seedTable(TestDatabase db, String... rows) {
    db.execute(
        "create table migrations (name varchar(255) primary key,"
            + " executed_at timestamp default current_timestamp not null)");
    for (String row : rows) {
      db.execute("insert into migrations " + row);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_history_of_the_node_version_is_adopted_in_its_own_order(Kind kind) {
    try (TestDatabase db = kind.open()) {
      seedTable(
          db,
          "values ('002_b', '2024-01-02 00:00:00')",
          "values ('001_a', '2024-01-02 00:00:00')",
          "values ('003_c', '2024-01-01 00:00:00')");
      MigrationRegistry registry = registry("001_a", "002_b", "003_c", "004_d");

      assertThat(db.runner(registry).executedMigrations())
          .containsExactly("003_c", "001_a", "002_b");
      assertThat(db.hasTable("migrations_journal")).isFalse();
      if (kind == Kind.SQLITE) {
        assertThat(db.runner(registry).status().executed().get(0).executedAt())
            .isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
      }
      assertThat(db.runner(registry).up().completed()).containsExactly("004_d");
      assertThat(db.journal())
          .containsExactly(
              "003_c UP ADOPTED", "001_a UP ADOPTED", "002_b UP ADOPTED", "004_d UP EXECUTED");
      assertThat(db.runner(registry).executedMigrations())
          .containsExactly("003_c", "001_a", "002_b", "004_d");
      assertThat(db.runner(registry).down(2).completed()).containsExactly("004_d", "002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void down_on_an_adopted_history_undoes_the_last_one(Kind kind) {
    try (TestDatabase db = kind.open()) {
      seedTable(
          db, "values ('001_a', '2024-01-01 00:00:00')", "values ('002_b', '2024-01-02 00:00:00')");

      assertThat(db.runner(registry("001_a", "002_b")).down().completed()).containsExactly("002_b");
      assertThat(db.history()).containsExactly("001_a");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_row_deleted_by_hand_runs_again(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRegistry registry = registry("001_a", "002_b", "003_c");
      db.runner(registry).up();
      db.execute("delete from migrations where name = '002_b'");

      assertThat(db.runner(registry).up().completed()).containsExactly("002_b");
      assertThat(db.runner(registry).down().completed()).containsExactly("002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_name_that_is_there_twice_does_not_stand_for_another(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.execute(
          "create table migrations (name varchar(255),"
              + " executed_at timestamp default current_timestamp not null)");
      db.runner(registry()).setup();
      db.execute("insert into migrations (name) values ('001_a')");
      db.execute("insert into migrations (name) values ('001_a')");

      assertThat(db.runner(registry("001_a", "002_b")).plan().steps())
          .extracting(MigrationStep::name)
          .containsExactly("002_b");
      assertThat(db.runner(registry("001_a", "002_b")).up().completed()).containsExactly("002_b");
      assertThat(db.history()).containsExactly("001_a", "001_a", "002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_dropped_journal_is_like_a_history_of_somebody_else(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRegistry registry = registry("001_a", "002_b", "003_c");
      db.runner(registry).upTo("002_b");
      db.execute("drop table migrations_journal");

      assertThat(db.runner(registry).up().completed()).containsExactly("003_c");
      assertThat(db.journal())
          .containsExactly("001_a UP ADOPTED", "002_b UP ADOPTED", "003_c UP EXECUTED");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_dropped_history_wins_over_the_journal(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRegistry registry = registry("001_a", "002_b");
      db.runner(registry).up();
      db.execute("drop table migrations");

      assertThat(db.runner(registry).status().pending()).hasSize(2);
      assertThat(db.runner(registry).up().completed()).containsExactly("001_a", "002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_pending_one_below_an_executed_one_is_refused_unless_allowed(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(registry("001_a", "003_c")).up();
      MigrationRegistry merged = registry("001_a", "002_b", "003_c");

      for (Runnable verb :
          List.<Runnable>of(
              () -> db.runner(merged).up(),
              () -> db.runner(merged).upTo("003_c"),
              () -> db.runner(merged).plan())) {
        assertThatThrownBy(verb::run)
            .isInstanceOf(InconsistentHistoryException.class)
            .hasMessage(
                """
                The history and the code do not fit, so nothing more is run.
                - "002_b" is pending and out of order: "003_c" above it is executed. Give it a number above that one if it has run nowhere yet, or allow it by MigrationOptions.outOfOrder(true).""");
      }
      MigrationRunner allowed =
          MigrationRunner.create(db.jdbi(), merged, db.options().outOfOrder(true).build());
      assertThat(allowed.up().completed()).containsExactly("002_b");
      assertThat(db.runner(merged).down().completed()).containsExactly("002_b");
      assertThat(db.runner(merged).up().completed()).containsExactly("002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_unknown_one_inside_the_known_range_stops_up(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(registry("001_a", "002_create_users", "003_c")).up();
      seedOddName(db);
      MigrationRegistry renamed = registry("001_a", "002_create_user", "003_c");

      assertThatThrownBy(() -> db.runner(renamed).up())
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessage(
              """
              The history and the code do not fit, so nothing more is run.
              - "002_create_users" is executed but not in the code, and "002_create_user" has its number: if that is the same migration renamed, give it its old name again, or say so by @Migration(formerly = "002_create_users").
              - "odd\\u000aname" is executed but not in the code. Restore its class, or, if it is gone for good, delete its row from the history.""");
      assertThat(db.runner(renamed).status().unknown())
          .containsExactly("002_create_users", "odd\nname");
    }
  }

  private static void seedOddName(TestDatabase db) {
    db.jdbi().useHandle(h -> h.execute("insert into migrations (name) values (?)", "odd\nname"));
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_newer_one_is_tolerated_so_that_an_older_build_starts(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(registry("001_a", "002_b")).up();
      db.takeLines();

      assertThat(db.runner(registry("001_a")).up().outcomes()).isEmpty();
      assertThat(db.lines())
          .containsExactly(
              "⚠️ 002_b is executed and newer than every migration in the code: an older build is"
                  + " running, or its class was removed; tolerated",
              "✓ 2 migrations already executed",
              "✅ No pending migrations");
      db.takeLines();

      MigrationResult result = db.runner(registry("001_a")).down(2);
      assertThat(result.skipped()).containsExactly("002_b");
      assertThat(result.completed()).containsExactly("001_a");
      assertThat(db.lines()).contains("⚠️ 002_b is not in the code, skipped");
      assertThat(db.history()).containsExactly("002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_unknown_target_is_an_error_with_near_names(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRegistry registry = registry("001_create_users", "002_create_posts");
      assertThatThrownBy(() -> db.runner(registry).upTo("001_create_user"))
          .isInstanceOf(UnknownMigrationException.class)
          .hasMessage(
              "No migration is named \"001_create_user\". Nothing was changed. Did you mean"
                  + " \"001_create_users\"?");
      assertThatThrownBy(() -> db.runner(registry).downTo("  "))
          .isInstanceOf(UnknownMigrationException.class)
          .hasMessage(
              "No migration is named \"  \". Nothing was changed. status() lists the names.");
      assertThatThrownBy(() -> db.runner(registry).maintenance().baseline("x".repeat(300)))
          .isInstanceOf(UnknownMigrationException.class);
      assertThatThrownBy(() -> db.runner(registry).upTo(null))
          .isInstanceOf(NullPointerException.class);
      assertThat(db.hasTable("migrations")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_table_of_a_foreign_shape_is_refused_and_left_alone(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.execute("create table migrations (id int, version varchar(10))");
      db.execute("insert into migrations values (1, 'x')");

      for (Runnable verb :
          List.<Runnable>of(
              () -> db.runner(registry("001_a")).up(),
              () -> db.runner(registry("001_a")).status())) {
        assertThatThrownBy(verb::run)
            .isInstanceOf(HistoryException.class)
            .hasMessageContaining("are not a history of ours")
            .hasMessageContaining("choose another MigrationOptions.tableName")
            .hasMessageMatching("(?s).*\\((ID, VERSION|id, version)\\).*");
      }
      assertThat(db.strings("select id from migrations")).containsExactly("1");
      assertThat(db.hasTable("migrations_journal")).isFalse();

      MigrationRunner other =
          MigrationRunner.create(
              db.jdbi(), registry("001_a"), db.options().tableName("my migrations").build());
      assertThat(other.up().completed()).containsExactly("001_a");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_table_with_a_column_that_must_be_filled_is_refused_before_a_migration_runs(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.execute(
          "create table migrations (name varchar(255) primary key, executed_at timestamp default"
              + " current_timestamp, batch int not null)");
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add("001_a", h -> h.execute("create table a (id int)"))
              .build();
      assertThatThrownBy(() -> db.runner(registry).up())
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("takes no rows of ours")
          .hasMessageContaining("and no other that must be filled");
      assertThat(db.hasTable("a")).isFalse();
      assertThat(db.hasTable("migrations_journal")).isFalse();
      assertThat(db.history()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_journal_that_takes_no_rows_is_told_soon(Kind kind) {
    try (TestDatabase db = kind.open()) {
      String sql = db.runner(registry("001_a")).maintenance().setupSql();
      for (String statement : sql.split(";\n", -1)) {
        if (!statement.isBlank()) {
          db.execute(statement.replace("note VARCHAR(2000)", "note VARCHAR(2000) NOT NULL"));
        }
      }
      assertThatThrownBy(() -> db.runner(registry("001_a")).up())
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("INSERT INTO");
      assertThat(db.history()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_view_is_refused(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.execute("create table elsewhere (name varchar(255), executed_at timestamp)");
      db.execute("create view migrations as select name, executed_at from elsewhere");
      assertThatThrownBy(() -> db.runner(registry("001_a", "002_b")).up())
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("is a view, not a table");
      assertThat(db.hasTable("migrations_journal")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void odd_table_names_are_quoted_whole(Kind kind) {
    for (String name :
        List.of(
            "a.b",
            "my \"own\" table",
            "select",
            "x'; drop table users; --",
            "Migrations",
            "%_",
            "表")) {
      try (TestDatabase db = kind.open()) {
        db.execute("create table users (id int)");
        MigrationRunner runner =
            MigrationRunner.create(
                db.jdbi(), registry("001_a", "002_b"), db.options().tableName(name).build());
        assertThat(runner.up().completed()).containsExactly("001_a", "002_b");
        assertThat(runner.up().outcomes()).isEmpty();
        assertThat(runner.down().completed()).containsExactly("002_b");
        assertThat(runner.executedMigrations()).containsExactly("001_a");
        assertThat(db.hasTable("users")).isTrue();
        assertThat(db.strings("select name from " + db.kind().quote(name) + " order by name"))
            .containsExactly("001_a");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_table_name_that_is_too_long_is_refused_before_anything_happens(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner runner =
          MigrationRunner.create(
              db.jdbi(), registry("001_a"), db.options().tableName("x".repeat(300)).build());
      assertThatThrownBy(runner::up)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is too long")
          .hasMessageContaining("_journal");
    }
  }

  @Test
  void on_h2_the_history_is_where_its_name_resolves() throws SQLException {
    String url = "jdbc:h2:mem:resolve;DB_CLOSE_DELAY=-1";
    Jdbi plain = Jdbi.create(url);
    plain.useHandle(h -> h.execute("create schema app"));
    Jdbi searching = Jdbi.create(url + ";SCHEMA_SEARCH_PATH=PUBLIC,APP");
    MigrationOptions inApp = MigrationOptions.builder().schema("APP").build();
    MigrationRegistry registry = registry("001_a", "002_b");
    MigrationRunner.create(plain, registry, inApp).upTo("001_a");

    assertThat(MigrationRunner.create(searching, registry).executedMigrations())
        .containsExactly("001_a");
    assertThat(MigrationRunner.create(searching, registry).up().completed())
        .containsExactly("002_b");
    assertThat(MigrationRunner.create(plain, registry, inApp).status().pending()).isEmpty();
    List<String> inPublic =
        plain.withHandle(
            h ->
                h.select(
                        "select table_name from information_schema.tables where table_name like"
                            + " 'MIGRATIONS%' and table_schema = 'PUBLIC'")
                    .mapTo(String.class)
                    .list());
    assertThat(inPublic).isEmpty();
    try (var connection = DriverManager.getConnection(url)) {
      connection.createStatement().execute("shutdown");
    }
  }

  @Test
  void a_read_only_database_answers_and_refuses_to_write() throws Exception {
    try (TestDatabase db = Kind.SQLITE.open()) {
      MigrationRegistry registry = registry("001_a", "002_b");
      db.runner(registry).upTo("001_a");
      Jdbi readOnly = Jdbi.create(db.url() + "?open_mode=1");

      MigrationRunner runner = MigrationRunner.create(readOnly, registry);
      assertThat(runner.status().pending()).hasSize(1);
      assertThat(MigrationRunner.create(readOnly, registry("001_a")).up().outcomes()).isEmpty();
      assertThatThrownBy(runner::up)
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("read-only: nothing was changed");
      assertThat(db.history()).containsExactly("001_a");
    }
  }

  @Test
  void a_read_only_h2_answers_and_refuses_to_write() throws Exception {
    var folder = java.nio.file.Files.createTempDirectory("kysera");
    String url = "jdbc:h2:" + folder.resolve("db");
    MigrationRegistry registry = registry("001_a", "002_b");
    MigrationRunner.create(Jdbi.create(url), registry).upTo("001_a");
    Jdbi readOnly = Jdbi.create(url + ";ACCESS_MODE_DATA=r");

    assertThat(MigrationRunner.create(readOnly, registry).status().pending()).hasSize(1);
    assertThatThrownBy(() -> MigrationRunner.create(readOnly, registry).up())
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("read-only: nothing was changed");
    assertThat(MigrationRunner.create(Jdbi.create(url), registry).executedMigrations())
        .containsExactly("001_a");
  }

  @Test
  void null_names_that_sqlite_lets_in_are_ignored() {
    try (TestDatabase db = Kind.SQLITE.open()) {
      seedTable(db, "(name) values (null)", "(name) values ('001_a')");
      assertThat(db.runner(registry("001_a", "002_b")).up().completed()).containsExactly("002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_empty_registry_is_told_and_does_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      assertThat(db.runner(registry()).up().outcomes()).isEmpty();
      assertThat(db.lines())
          .containsExactly(
              "⚠️ The registry is empty: no class is annotated with @Migration, or none was added",
              "✅ No pending migrations");
      assertThat(db.runner(registry()).status().total()).isZero();
    }
  }
}
