package dev.kysera.migrations;

import static dev.kysera.migrations.DdlPage.migrate;
import static dev.kysera.migrations.DdlPage.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.TestDatabase.Kind;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.HashPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What JDBI reads into a statement of DDL, as the page about it says. */
class DdlParsingTest {

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void jdbi_reads_nothing_in_literals_and_comments(Kind kind) {
    try (TestDatabase db = kind.open()) {
      migrate(
          db,
          handle -> {
            handle.execute("create table notes (id int, note varchar(50), check (id <> -1))");
            handle.execute("insert into notes values (1, 'At 10:30 :name <name>, why?')");
            handle.execute("delete from notes where id < 0 or id >= 9 -- :name <name> ? it's");
            handle.execute("delete from notes /* :name <name> ? it's */ where id <= 0");
          });
      assertThat(db.strings("select note from notes"))
          .containsExactly("At 10:30 :name <name>, why?");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void jdbi_reads_names_and_parameters_everywhere_else(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.execute("create table t (id int)");
      refused(db, "delete from <name>", "Undefined attribute for token '<name>'");
      refused(db, "delete from t where id = :id", "Missing named parameter 'id'");
      refused(db, "delete from t where id = ?", "Missing positional parameter 0");
    }
  }

  @Test
  void jdbi_knows_no_backticks_brackets_hashes_and_bodies() {
    try (TestDatabase db = Kind.MARIADB.open()) {
      refused(db, "create table `a:b` (id int)", "Missing named parameter 'b'");
      refused(db, "create table `a<b>` (id int)", "Undefined attribute for token '<b>'");
      refused(db, "create table t (id int) # :name", "Missing named parameter 'name'");
    }
    try (TestDatabase db = Kind.SQLITE.open()) {
      refused(db, "create table [a:b] (id int)", "Missing named parameter 'b'");
    }
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      refused(db, "do $$ <<outer>> begin end $$", "Undefined attribute for token '<outer>'");
    }
  }

  @Test
  void on_postgresql_casts_and_assignments_are_left_alone() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      migrate(
          db,
          handle -> {
            handle.execute("create table events (at text default now()::text, data jsonb)");
            handle.execute(
                "alter table events add lasts interval default make_interval(days := 3)");
          });
      db.execute("insert into events (data) values ('{}')");
      assertThat(db.strings("select lasts from events")).containsExactly("3 days");
    }
  }

  @Test
  void on_postgresql_a_slice_wants_spaces_or_backslashes() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.execute("create table lists as select array[1, 2, 3] as numbers, 2 as size");
      refused(db, "create view v as select numbers[1:size] from lists", "parameter 'size'");
      refused(db, "create view v as select numbers[1\\:size] from lists", "parameter 'size'");
      migrate(
          db,
          handle -> {
            handle.execute("create view one as select numbers[1 : size] from lists");
            handle.execute("create view two as select numbers[1\\\\:size] from lists");
          });
      assertThat(db.strings("select * from one union all select * from two"))
          .containsExactly("{1,2}", "{1,2}");
    }
  }

  @Test
  void on_postgresql_the_operators_of_json_want_two_question_marks() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      migrate(
          db,
          handle -> {
            handle.execute("create table pages (data jsonb check (data ?? 'title'))");
          });
      db.execute("insert into pages values ('{\"title\": 1}')");
      assertThatThrownBy(() -> db.execute("insert into pages values ('{}')"))
          .hasMessageContaining("pages_data_check");
    }
  }

  @Test
  void on_postgresql_a_body_has_one_question_mark_and_goes_as_a_batch() {
    String body =
        "create function f() returns boolean language sql as $$ select '{}'::jsonb %s 'a' $$";
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      refused(db, body.formatted("?"), "Missing positional parameter 0");
      refused(db, body.formatted("??"), "operator does not exist: jsonb ?? unknown");
      migrate(
          db,
          handle -> {
            handle
                .createBatch()
                .add(
                    """
                    create function has_title(page jsonb) returns boolean language sql
                    as $$ select page ? 'title' $$""")
                .execute();
          });
      assertThat(db.strings("select has_title('{\"title\": 1}')")).containsExactly("t");
    }
  }

  @Test
  void on_postgresql_a_label_wants_no_template() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      migrate(
          db,
          handle -> {
            String function =
                """
                create function five() returns int language plpgsql as $$
                <<outer>>
                declare n int := 5;
                begin
                  return outer.n;
                end $$""";
            handle.createUpdate(function).setTemplateEngine(TemplateEngine.NOP).execute();
          });
      assertThat(db.strings("select five()")).containsExactly("5");
    }
  }

  @Test
  void on_postgresql_spaces_and_backslashes_help_as_well() {
    String label = "do $$ %s begin end $$";
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.execute("create table lists as select array[1, 2, 3] as numbers, 2 as size");
      refused(db, "create view v as select numbers[1:2] from lists", "parameter '2'");
      migrate(
          db,
          handle -> {
            handle.execute(label.formatted("<< outer >>"));
            handle.execute(label.formatted("<\\<outer>>"));
            String slice = "create view v as select numbers[1\\:size] from lists";
            handle.createUpdate(slice).setTemplateEngine(TemplateEngine.NOP).execute();
          });
      assertThat(db.strings("select * from v")).containsExactly("{1,2}");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void the_migrations_of_a_run_share_one_handle(Kind kind) {
    try (TestDatabase db = kind.open()) {
      Handle[] handles = new Handle[2];
      db.runner(
              MigrationRegistry.builder()
                  .add("001_a", handle -> handles[0] = handle)
                  .add("002_b", handle -> handles[1] = handle)
                  .build())
          .up();
      assertThat(handles[0]).isNotNull().isSameAs(handles[1]);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void settings_of_the_jdbi_hold_in_migrations_and_do_not_disturb_the_runner(Kind kind) {
    try (TestDatabase db = kind.open()) {
      Jdbi jdbi = Jdbi.create(db.url());
      jdbi.setTemplateEngine(TemplateEngine.NOP);
      jdbi.setSqlParser(new HashPrefixSqlParser());
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add(
                  "001_a",
                  handle ->
                      assertThat(handle.getConfig(SqlStatements.class).getTemplateEngine())
                          .isSameAs(TemplateEngine.NOP))
              .build();
      MigrationRunner.create(jdbi, registry, db.options().build()).up();
      assertThat(db.history()).containsExactly("001_a");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_name_can_be_an_attribute(Kind kind) {
    try (TestDatabase db = kind.open()) {
      migrate(
          db,
          handle -> {
            handle
                .createUpdate("create table <table> (id int)")
                .define("table", "posts_2026")
                .execute();
          });
      assertThat(db.hasTable("posts_2026")).isTrue();
    }
  }

  @Test
  void ddl_takes_no_parameters() {
    String sql = "create table t (id int default ?)";
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      assertThatThrownBy(() -> db.jdbi().useHandle(handle -> handle.execute(sql, 5)))
          .hasMessageContaining("there is no parameter $1");
    }
    for (String url :
        List.of("jdbc:sqlite:", "jdbc:hsqldb:mem:p", "jdbc:derby:memory:p;create=true")) {
      assertThatThrownBy(() -> Jdbi.create(url).useHandle(handle -> handle.execute(sql, 5)))
          .isInstanceOf(UnableToCreateStatementException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_literal_that_ends_in_a_backslash_is_bound(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.execute("create table folders (path varchar(20))");
      refused(
          db, "insert into folders values ('C:\\'), (':name')", "Missing named parameter 'name'");
      migrate(
          db,
          handle -> {
            handle.execute("insert into folders values (?)", "C:\\");
          });
      assertThat(db.strings("select path from folders")).containsExactly("C:\\");
    }
  }
}
