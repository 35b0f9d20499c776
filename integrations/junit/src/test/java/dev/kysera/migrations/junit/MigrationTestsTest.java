package dev.kysera.migrations.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.IrreversibleMigrationException;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.TestDatabase;
import dev.kysera.migrations.TestDatabase.Kind;
import dev.kysera.migrations.UnknownMigrationException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTestsTest {

  private static final JdbiMigration NOTHING = handle -> {};

  /** A right pair, to see that others do not suffer. */
  private static MigrationRegistry.Builder teams() {
    return MigrationRegistry.builder()
        .add("001_teams", sql("create table teams (id integer)"), sql("drop table teams"));
  }

  private static JdbiMigration sql(String... statements) {
    return handle -> {
      for (String statement : statements) {
        handle.execute(statement);
      }
    };
  }

  private static DynamicRun all(TestDatabase db, MigrationRegistry registry) {
    return DynamicRun.of(() -> MigrationTests.all(registry, db.jdbi()));
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void tests_are_named_by_migration_and_step(Kind kind) {
    try (TestDatabase db = kind.open()) {
      DynamicRun run = all(db, teams().build());

      assertThat(run.successful())
          .containsExactly(
              "001_teams > up",
              "001_teams > down restores the schema",
              "001_teams > up again gives the same schema",
              "all migrations > down to empty",
              "all migrations > up again",
              "all migrations > a second up does nothing");
      assertThat(run.results()).hasSize(6);
    }
  }

  @Test
  void an_empty_registry_has_the_tests_of_the_chain() {
    try (TestDatabase db = Kind.H2.open()) {
      DynamicRun run = all(db, MigrationRegistry.builder().build());

      assertThat(run.failed()).as(run.texts()).isEmpty();
      assertThat(run.successful()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_down_that_throws_fails_alone(Kind kind) {
    MigrationRegistry registry =
        teams()
            .add(
                "002_users",
                sql("create table users (id integer)"),
                sql("drop table users", "drop table nonsense"))
            .add("003_tags", sql("create table tags (id integer)"), sql("drop table tags"))
            .build();
    try (TestDatabase db = kind.open()) {
      DynamicRun run = all(db, registry);

      assertThat(run.failed())
          .as(run.texts())
          .containsExactly("002_users > down restores the schema");
      assertThat(run.aborted())
          .containsExactly(
              "002_users > up again gives the same schema",
              "all migrations > down to empty",
              "all migrations > up again");
      assertThat(run.message("002_users > down restores the schema"))
          .startsWith("The down of 002_users failed.%nMigration \"002_users\"".formatted())
          .containsIgnoringCase("nonsense");
      assertThat(run.message("002_users > up again gives the same schema"))
          .isEqualTo("Not tried, since the down of 002_users is wrong.");
      assertThat(run.message("all migrations > down to empty"))
          .isEqualTo("Not tried, since a down is wrong: 002_users");
    }
  }

  /** H2 shows its own schemas in the case that it folds names to, and has more for PostgreSQL. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MODE=PostgreSQL",
        "DATABASE_TO_LOWER=TRUE",
        "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
        "DATABASE_TO_UPPER=FALSE",
        "MODE=MySQL"
      })
  void h2_is_read_and_emptied_with_any_settings(String settings) {
    Jdbi jdbi = Jdbi.create("jdbc:h2:mem:%s;%s".formatted(UUID.randomUUID(), settings));
    MigrationRegistry registry =
        teams()
            .add(
                "002_people",
                sql(
                    "create table people (id integer primary key, name varchar(10) check (name <>"
                        + " 'x'))",
                    "create index people_name on people (name)",
                    "create table \"Odd\" (id integer)"),
                sql("drop table \"Odd\""))
            .add("003_tags", sql("create table tags (id integer)"), sql("drop table tags"))
            .build();
    try (Handle keepAlive = jdbi.open()) {
      DynamicRun run = DynamicRun.of(() -> MigrationTests.all(registry, jdbi));

      assertThat(run.failed())
          .as(run.texts())
          .containsExactly("002_people > down restores the schema");
      assertThat(run.successful()).as(run.texts()).contains("003_tags > down restores the schema");
      assertThat(SchemaSnapshot.of(keepAlive).toString())
          .startsWith("# Schema of H2\ntable ")
          .containsOnlyOnce("\ntable people\n  check (")
          .contains("  column name character varying(10)\n  index people_name (name)\n")
          .doesNotContainIgnoringCase("schema information_schema")
          .doesNotContain("pg_catalog");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void an_irreversible_one_ends_the_way_down_and_is_reported(Kind kind) {
    MigrationRegistry registry =
        teams()
            .add("002_fill", sql("insert into teams values (1)"))
            .add("003_tags", sql("create table tags (id integer)"), sql("drop table tags"))
            .build();
    try (TestDatabase db = kind.open()) {
      DynamicRun run = all(db, registry);

      assertThat(run.failed()).as(run.texts()).isEmpty();
      assertThat(run.aborted())
          .containsExactly(
              "002_fill > down restores the schema",
              "002_fill > up again gives the same schema",
              "all migrations > down to empty");
      assertThat(run.message("002_fill > down restores the schema"))
          .isEqualTo("002_fill has no down method.");
      assertThat(run.message("all migrations > down to empty"))
          .isEqualTo("Down to 002_fill everything was as before. 002_fill has no down method.");
      assertThat(db.strings("select count(*) from teams")).containsExactly("1");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_down_that_says_it_is_irreversible_is_reported_with_its_reason(Kind kind) {
    MigrationRegistry registry =
        teams()
            .add(
                "002_fill",
                sql("insert into teams values (1)"),
                handle -> {
                  throw new IrreversibleMigrationException("The old rows are gone.");
                })
            .build();
    try (TestDatabase db = kind.open()) {
      DynamicRun run = all(db, registry);

      assertThat(run.failed()).as(run.texts()).isEmpty();
      assertThat(run.message("002_fill > down restores the schema"))
          .isEqualTo("002_fill has no way back: The old rows are gone.");
      assertThat(run.message("all migrations > down to empty"))
          .isEqualTo("Nothing to undo: 002_fill has no way back: The old rows are gone.");
      assertThat(run.successful())
          .contains("all migrations > up again", "all migrations > a second up does nothing");
    }
  }

  @Test
  void what_down_leaves_in_other_tables_is_found() {
    MigrationRegistry registry =
        teams()
            .add("002_fill", sql("insert into teams values (1), (2)"), NOTHING)
            .add(
                "003_fill",
                sql("insert into teams values (3)"),
                sql("delete from teams where id = 3"))
            .build();
    try (TestDatabase db = Kind.H2.open()) {
      DynamicRun run = all(db, registry);

      assertThat(run.failed()).containsExactly("002_fill > down restores the schema");
      assertThat(run.message("002_fill > down restores the schema"))
          .isEqualTo(
              "The down of 002_fill does not restore what was before it (- is missing, + is left"
                  + " over):%nrows of teams: 0 before, 2 now".formatted());
    }
  }

  @Test
  void a_down_that_is_right_only_without_what_came_later_is_found_in_the_chain() {
    MigrationRegistry registry =
        teams()
            .add(
                "002_users",
                sql("create table users (id integer, name varchar(10))"),
                handle -> {
                  handle.execute("drop table users");
                  if (handle.createQuery("select count(*) from teams").mapTo(int.class).one() > 0) {
                    handle.execute("create table rest (id integer)");
                  }
                })
            .add("003_fill", sql("insert into teams values (1)"), sql("delete from teams"))
            .build();
    try (TestDatabase db = Kind.H2.open()) {
      assertThat(all(db, registry).failed()).isEmpty();
    }
    MigrationRegistry leaving =
        teams()
            .add(
                "002_users",
                sql("create table users (id integer)"),
                handle -> {
                  handle.execute("drop table users");
                  handle.execute("create table if not exists seen (id integer)");
                  handle.execute("drop table seen");
                  if (calls(handle) > 1) {
                    handle.execute("create table rest (id integer)");
                  }
                })
            .build();
    try (TestDatabase db = Kind.H2.open()) {
      DynamicRun run = all(db, leaving);

      assertThat(run.failed()).as(run.texts()).containsExactly("all migrations > down to empty");
      assertThat(run.message("all migrations > down to empty"))
          .isEqualTo(
              "On the way down from the last migration, the down of 002_users does not restore what"
                  + " was before it (- is missing, + is left over):%n+ table rest%n+ table rest: column id integer"
                      .formatted());
      assertThat(run.message("all migrations > up again"))
          .isEqualTo("Not tried, since a down is wrong: 002_users");
      assertThat(run.successful()).contains("all migrations > a second up does nothing");
    }
  }

  /** How often it was asked, which the database remembers in its session. */
  private static int calls(Handle handle) {
    return handle
        .createQuery(
            "select count(*) from migrations_journal where name = '002_users' and direction = 'DOWN'")
        .mapTo(int.class)
        .one();
  }

  @Test
  void an_up_that_gives_something_else_the_second_time_is_found() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_teams",
                handle ->
                    handle.execute(
                        "create table teams (id %s)"
                            .formatted(
                                handle
                                            .createQuery(
                                                "select count(*) from migrations_journal where direction"
                                                    + " = 'DOWN'")
                                            .mapTo(int.class)
                                            .one()
                                        == 0
                                    ? "integer"
                                    : "bigint")),
                sql("drop table teams"))
            .build();
    try (TestDatabase db = Kind.H2.open()) {
      DynamicRun run = all(db, registry);

      assertThat(run.failed())
          .as(run.texts())
          .containsExactly("001_teams > up again gives the same schema");
      assertThat(run.message("001_teams > up again gives the same schema"))
          .isEqualTo(
              "The up of 001_teams does not give the same again after its down (- is missing, + is"
                  + " new):%n- table teams: column id integer%n+ table teams: column id bigint"
                      .formatted());
    }
  }

  @Test
  void an_up_that_fails_aborts_what_comes_behind_it() {
    MigrationRegistry registry =
        teams()
            .add("002_users", sql("nonsense"), NOTHING)
            .add("003_more", NOTHING, NOTHING)
            .build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      DynamicRun run = all(db, registry);

      assertThat(run.failed()).containsExactly("002_users > up");
      assertThat(run.successful()).hasSize(3);
      assertThat(run.aborted()).hasSize(8);
      assertThat(run.message("003_more > up"))
          .isEqualTo("Not tried, since the up of 002_users has failed.");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void migrations_without_a_transaction_and_what_was_there_before_are_no_trouble(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_index").asNonTransactional(),
                new JdbiMigration() {
                  @Override
                  public void up(Handle handle) {
                    handle.execute("create index mine_id on mine (id)");
                  }

                  @Override
                  public void down(Handle handle) {
                    handle.execute(
                        kind == Kind.MARIADB ? "drop index mine_id on mine" : "drop index mine_id");
                  }
                })
            .add("002_wrong", sql("create table users (id integer)"), NOTHING)
            .build();
    try (TestDatabase db = kind.open()) {
      db.execute("create table mine (id integer)");
      db.execute("insert into mine values (1)");

      DynamicRun run = all(db, registry);

      assertThat(run.failed())
          .as(run.texts())
          .containsExactly("002_wrong > down restores the schema");
      assertThat(db.strings("select count(*) from mine")).containsExactly("1");
    }
  }

  @Test
  void an_index_of_a_foreign_key_that_mariadb_leaves_is_no_fault() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_teams",
                sql("create table teams (id integer primary key)"),
                sql("drop table teams"))
            .add("002_users", sql("create table users (team_id integer)"), sql("drop table users"))
            .add(
                "003_key",
                sql(
                    "alter table users add constraint users_fk foreign key (team_id) references teams (id)"),
                sql("alter table users drop foreign key users_fk"))
            .add(
                "004_index",
                sql("create table logs (id integer)", "create index logs_id on logs (id)"),
                sql("drop table logs"))
            .build();
    try (TestDatabase db = Kind.MARIADB.open()) {
      DynamicRun run = all(db, registry);

      assertThat(run.successful()).as(run.texts()).hasSize(15);
    }
  }

  @Test
  void a_database_with_executed_migrations_is_left_alone() {
    try (TestDatabase db = Kind.H2.open()) {
      MigrationRunner.create(db.jdbi(), teams().build()).up();

      DynamicRun run = all(db, teams().add("002_more", NOTHING, NOTHING).build());

      assertThat(run.failed()).containsExactly("001_teams > up");
      assertThat(run.aborted()).hasSize(8);
      assertThat(run.message("001_teams > up"))
          .isEqualTo(
              "The database has executed migrations already, from 001_teams to 001_teams. These tests"
                  + " undo and drop what they find, so they need an empty database of their own."
                  + " Nothing was changed.");
      assertThat(db.hasTable("teams")).isTrue();
    }
  }

  @Test
  void tests_can_run_singly_and_at_the_same_time() {
    MigrationRegistry registry =
        teams()
            .add("002_wrong", sql("create table users (id integer)"), NOTHING)
            .add("003_tags", sql("create table tags (id integer)"), sql("drop table tags"))
            .build();
    try (TestDatabase db = Kind.H2.open()) {
      DynamicRun run = DynamicRun.single(() -> MigrationTests.all(registry, db.jdbi()), 3, 2);

      assertThat(run.results()).hasSize(1);
      assertThat(run.successful()).containsExactly("003_tags > down restores the schema");
    }
    try (TestDatabase db = Kind.H2.open()) {
      DynamicRun run = DynamicRun.parallel(() -> MigrationTests.all(registry, db.jdbi()));

      assertThat(run.results()).hasSize(12);
      assertThat(run.failed()).containsExactly("002_wrong > down restores the schema");
    }
  }

  @Test
  void a_database_of_h2_without_delay_is_held_open() {
    Jdbi jdbi = Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID());

    DynamicRun run = DynamicRun.of(() -> MigrationTests.all(teams().build(), jdbi));

    assertThat(run.successful()).as(run.texts()).hasSize(6);
  }

  @Test
  void a_database_for_each_connection_is_refused() {
    DynamicRun sqlite =
        DynamicRun.of(
            () -> MigrationTests.all(teams().build(), Jdbi.create("jdbc:sqlite::memory:")));
    DynamicRun h2 =
        DynamicRun.of(() -> MigrationTests.all(teams().build(), Jdbi.create("jdbc:h2:mem:")));

    assertThat(sqlite.failed()).containsExactly("001_teams > up");
    assertThat(sqlite.message("001_teams > up"))
        .isEqualTo(
            "With the URL jdbc:sqlite::memory: each connection has a database of its own, so the"
                + " migrations would vanish between two steps. Use a file in a @TempDir, or"
                + " Jdbi.create(connection) with one open connection.");
    assertThat(h2.message("001_teams > up"))
        .isEqualTo(
            "The database jdbc:h2:mem: ends with its last connection, so the migrations would vanish"
                + " between two steps. Give it a name and DB_CLOSE_DELAY, such as"
                + " jdbc:h2:mem:test;DB_CLOSE_DELAY=-1.");
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_history_that_the_registry_names_is_no_part_of_the_schema(Kind kind) {
    try (TestDatabase db = kind.open()) {
      DynamicRun run =
          DynamicRun.of(
              () ->
                  MigrationTests.of(teams().build().withTableName("teams_history"), db.jdbi())
                      .all());

      assertThat(run.successful()).as(run.texts()).hasSize(6);
      assertThat(SchemaSnapshot.of(db.jdbi()).toString()).contains("teams_history");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_history_of_another_name_is_no_part_of_the_schema(Kind kind) {
    MigrationOptions options = MigrationOptions.builder().tableName("app_history").build();
    try (TestDatabase db = kind.open()) {
      DynamicRun run =
          DynamicRun.of(() -> MigrationTests.of(teams().build(), db.jdbi(), options).all());

      assertThat(run.successful()).as(run.texts()).hasSize(6);
      assertThat(SchemaSnapshot.of(db.jdbi(), options).toString()).doesNotContain("app_history");
      assertThat(SchemaSnapshot.of(db.jdbi()).toString()).contains("app_history");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void before_goes_up_and_down_and_apply_executes_one(Kind kind) {
    MigrationRegistry registry =
        teams()
            .add(
                "002_names",
                sql("alter table teams add column name varchar(50)"),
                sql("alter table teams drop column name"))
            .add("003_fill", sql("update teams set name = concat('team ', id)"), NOTHING)
            .add("004_more", sql("create table more (id integer)"), sql("drop table more"))
            .build();
    try (TestDatabase db = kind.open()) {
      MigrationTests tests = MigrationTests.of(registry, db.jdbi());

      tests.before("003");
      db.execute("insert into teams (id) values (7)");
      tests.apply("3");
      assertThat(db.strings("select name from teams")).containsExactly("team 7");

      tests.apply("004_more");
      assertThat(db.hasTable("more")).isTrue();
      tests.before("002_names");
      assertThat(db.hasTable("more")).isFalse();
      assertThat(MigrationRunner.create(db.jdbi(), registry).executedMigrations())
          .containsExactly("001_teams");
      tests.before("001");
      assertThat(db.hasTable("teams")).isFalse();
    }
  }

  @Test
  void before_and_apply_say_why_they_do_not() {
    MigrationRegistry registry =
        teams().add("002_fill", NOTHING).add("003_more", NOTHING, NOTHING).build();
    try (TestDatabase db = Kind.H2.open()) {
      MigrationTests tests = MigrationTests.of(registry, db.jdbi());

      assertThatThrownBy(() -> tests.before("4"))
          .isInstanceOf(UnknownMigrationException.class)
          .hasMessage(
              "No migration has the name or the number \"4\". There are: 001_teams, 002_fill,"
                  + " 003_more.");
      assertThatThrownBy(() -> tests.apply("003"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "003_more is not the next migration; 001_teams is. Call before(\"003\") first.");
      tests.before("003");
      assertThatThrownBy(() -> tests.before("001"))
          .isInstanceOf(IrreversibleMigrationException.class)
          .hasMessageStartingWith(
              "001_teams cannot be reached by going down.\nNothing was rolled back")
          .hasMessageContaining("002_fill")
          .hasMessageEndingWith("\nNext: start this test with an empty database.");
      tests.apply("003");
      assertThatThrownBy(() -> tests.apply("003"))
          .hasMessage(
              "003_more is not the next migration; none is pending. Call before(\"003\") first.");
      assertThatThrownBy(
              () ->
                  MigrationTests.of(registry, Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID()))
                      .before("002"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ends with its last connection");
      assertThat(List.of(db.hasTable("teams"))).containsExactly(true);
    }
  }
}
