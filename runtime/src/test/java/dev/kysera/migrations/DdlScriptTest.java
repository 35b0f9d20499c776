package dev.kysera.migrations;

import static dev.kysera.migrations.DdlPage.migrate;
import static dev.kysera.migrations.DdlPage.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several statements, and statements with several in them, as the page about DDL says. */
class DdlScriptTest {

  @Test
  void several_statements_in_one_string_do_what_the_driver_likes() {
    String two = "create table a (id int); create table b (id int)";
    for (Kind kind : List.of(Kind.H2, Kind.POSTGRESQL, Kind.SQLITE)) {
      try (TestDatabase db = kind.open()) {
        db.execute(two);
        assertThat(db.hasTable("a")).isTrue();
        assertThat(db.hasTable("b")).as(kind.name()).isEqualTo(kind != Kind.SQLITE);
      }
    }
    try (TestDatabase db = Kind.MARIADB.open()) {
      refused(db, two, "error in your SQL syntax");
      assertThat(db.hasTable("a")).isFalse();
      Jdbi.create(db.url() + "&allowMultiQueries=true").useHandle(handle -> handle.execute(two));
      assertThat(db.hasTable("b")).isTrue();
    }
    for (String url : List.of("jdbc:hsqldb:mem:s", "jdbc:derby:memory:s;create=true")) {
      assertThatThrownBy(() -> Jdbi.create(url).useHandle(handle -> handle.execute(two)))
          .isInstanceOf(UnableToCreateStatementException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_script_is_split_at_semicolons(Kind kind) {
    try (TestDatabase db = kind.open()) {
      migrate(
          db,
          handle -> {
            handle
                .createScript(
                    """
                    -- Two tables; and a row.
                    create table authors (id int, name varchar(20));
                    create table books (id int, title varchar(20));
                    insert into authors values (1, 'Ada; :name ?');
                    """)
                .executeAsSeparateStatements();
          });
      assertThat(db.strings("select name from authors")).containsExactly("Ada; :name ?");
      assertThat(db.hasTable("books")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_script_knows_no_bodies(Kind kind) {
    String body =
        switch (kind) {
          case H2 -> "create alias f as $$ int f() { int n = 1; return n; } $$";
          case SQLITE -> "create trigger f after insert on t begin delete from t; select 1; end";
          case POSTGRESQL -> "create function f() returns int language sql as $$ select 1; $$";
          case MARIADB -> "create procedure f() begin select 1; select 2; end";
          default -> throw new AssertionError(kind);
        };
    try (TestDatabase db = kind.open()) {
      db.execute("create table t (id int)");
      assertThatThrownBy(
              () ->
                  db.jdbi()
                      .useHandle(handle -> handle.createScript(body).executeAsSeparateStatements()))
          .isInstanceOf(StatementException.class);
      migrate(db, handle -> handle.execute(body));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_script_in_one_batch_may_go_on_after_a_failure(Kind kind) {
    String script = "create table a (id int); create table a (id int); create table b (id int)";
    for (boolean separate : List.of(true, false)) {
      try (TestDatabase db = kind.open();
          Handle handle = db.jdbi().open()) {
        assertThatThrownBy(
                () -> {
                  if (separate) {
                    handle.createScript(script).executeAsSeparateStatements();
                  } else {
                    handle.createScript(script).execute();
                  }
                })
            .isInstanceOf(StatementException.class);
        assertThat(db.hasTable("b"))
            .isEqualTo(!separate && (kind == Kind.H2 || kind == Kind.MARIADB));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void a_batch_reads_no_parameters(Kind kind) {
    try (TestDatabase db = kind.open()) {
      migrate(
          db,
          handle -> {
            handle
                .createBatch()
                .add("create table tags (id int, name varchar(20))")
                .add("create index tags_name_idx on tags (name)")
                .execute();
          });
      assertThat(db.hasIndex("tags_name_idx")).isTrue();
      assertThatThrownBy(
              () ->
                  db.jdbi()
                      .useHandle(
                          handle -> handle.createBatch().add("delete from <name>").execute()))
          .hasStackTraceContaining("Undefined attribute for token '<name>'");
    }
  }

  // --- bodies

  @Test
  void on_postgresql_a_body_is_between_dollars() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      migrate(
          db,
          handle -> {
            handle.execute("create table words (word text)");
            handle.execute(
                """
                create function lower_word() returns trigger language plpgsql as $$
                begin
                  new.word := lower(new.word); -- it's :easy
                  return new;
                end $$""");
            handle.execute(
                """
                create trigger words_lower before insert on words
                for each row execute function lower_word()""");
          });
      db.execute("insert into words values ('Ship')");
      assertThat(db.strings("select word from words")).containsExactly("ship");
    }
  }

  @Test
  void on_mariadb_a_body_needs_no_delimiter() {
    try (TestDatabase db = Kind.MARIADB.open()) {
      db.execute("create table words (word varchar(20))");
      refused(db, "delimiter //", "error in your SQL syntax");
      migrate(
          db,
          handle -> {
            handle.execute(
                """
                create trigger words_lower before insert on words for each row
                begin
                  set new.word = lower(new.word);
                  set new.word = trim(new.word);
                end""");
          });
      db.execute("insert into words values (' Ship ')");
      assertThat(db.strings("select word from words")).containsExactly("ship");
    }
  }

  @Test
  void on_sqlite_a_body_is_just_written() {
    try (TestDatabase db = Kind.SQLITE.open()) {
      db.execute("create table words (word text)");
      migrate(
          db,
          handle -> {
            handle.execute(
                """
                create trigger words_lower after insert on words
                begin
                  update words set word = lower(word) where rowid = new.rowid;
                  update words set word = trim(word) where rowid = new.rowid;
                end""");
          });
      db.execute("insert into words values (' Ship ')");
      assertThat(db.strings("select word from words")).containsExactly("ship");
    }
  }

  @Test
  void on_h2_a_body_is_java_and_goes_by_plain_jdbc() {
    try (TestDatabase db = Kind.H2.open()) {
      migrate(
          db,
          handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
              statement.execute(
                  """
                  create alias longest as $$
                  String longest(String words) {
                    java.util.List<String> all = java.util.List.of(words.split(" "));
                    String found = "";
                    for (String word : all) {
                      found = word.length() > found.length() ? word:found;
                    }
                    return found;
                  } $$""");
            }
          });
      assertThat(db.strings("select longest('a lighthouse by night')"))
          .containsExactly("lighthouse");
    }
  }
}
