package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.RehearsedStatement.TableLock;
import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is pending, run for real and taken back. */
class RehearsalTest {

  private static final String CODE_HAS_RUN =
      "The code of the migrations has run: what it did outside this connection (files, messages,"
          + " other systems) is done and was not rolled back.";

  private static MigrationRunner runner(TestDatabase db, MigrationRegistry.Builder registry) {
    return MigrationRunner.create(db.jdbi(), registry.build(), db.options().build());
  }

  private static void users(Handle h) {
    h.execute("create table users (id int primary key, name varchar(50))");
    h.execute("insert into users values (?, ?)", 1, "Ada");
  }

  private static MigrationRegistry.Builder users() {
    return MigrationRegistry.builder().add("001_users", RehearsalTest::users);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SQLITE", "POSTGRESQL", "DERBY"})
  void everything_runs_and_nothing_stays(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRehearsal rehearsal =
          runner(db, users().add("002_more", h -> h.execute("insert into users values (2, 'Bo')")))
              .rehearse();

      assertThat(rehearsal.outcomes())
          .extracting(o -> o.name() + " " + o.state())
          .containsExactly("001_users ROLLED_BACK", "002_more ROLLED_BACK");
      assertThat(rehearsal.statements())
          .extracting(RehearsedStatement::sql)
          .containsExactly(
              "create table users (id int primary key, name varchar(50))",
              "insert into users values (?, ?)",
              "insert into users values (2, 'Bo')");
      assertThat(rehearsal.statements().get(1).parameters()).containsExactly(List.of(1, "Ada"));
      assertThat(rehearsal.statements().get(1).rows()).isEqualTo(OptionalLong.of(1));
      assertThat(rehearsal.remarks()).containsExactly(CODE_HAS_RUN);
      assertThat(db.hasTable("users")).isFalse();
      assertThat(db.hasTable("migrations")).isFalse();
      assertThat(db.hasTable("migrations_journal")).isFalse();
      assertThat(db.lines().stream().map(line -> line.replaceAll("\\d+ ms", "N ms")))
          .containsExactly(
              "🎬 Rehearsing 001_users...",
              "✓ 001_users rehearsed (N ms, 2 statements)",
              "🎬 Rehearsing 002_more...",
              "✓ 002_more rehearsed (N ms, 1 statement)",
              "✅ Rehearsal completed: 2 migrations ran and were rolled back; the database is as it"
                  + " was");

      assertThat(runner(db, users()).up().completed()).containsExactly("001_users");
    }
  }

  @Test
  void raw_jdbc_is_seen_too() {
    try (TestDatabase db = Kind.SQLITE.open()) {
      MigrationRehearsal rehearsal =
          runner(
                  db,
                  users()
                      .add(
                          "002_raw",
                          h -> {
                            Connection raw = h.getConnection();
                            try (Statement statement = raw.createStatement()) {
                              statement.execute("create table a (id int, t text)");
                              statement.addBatch("insert into a values (1, 'x')");
                              statement.addBatch("insert into a values (2, 'y')");
                              statement.executeBatch();
                              assertThat(statement.getConnection()).isSameAs(raw);
                              assertThat(raw.getMetaData().getConnection()).isSameAs(raw);
                            }
                            try (PreparedStatement insert =
                                raw.prepareStatement("insert into a values (?, ?)")) {
                              for (int i = 3; i < 6; i++) {
                                insert.setInt(1, i);
                                insert.setNull(2, java.sql.Types.VARCHAR);
                                insert.addBatch();
                              }
                              insert.executeBatch();
                            }
                            try (Statement query = raw.createStatement();
                                var rows = query.executeQuery("select id from a")) {
                              int read = 0;
                              while (rows.next() && read < 3) {
                                read++;
                              }
                            }
                          }))
              .rehearse();

      List<RehearsedStatement> raw =
          rehearsal.statements().stream().filter(s -> s.migration().equals("002_raw")).toList();
      assertThat(raw)
          .extracting(RehearsedStatement::sql)
          .containsExactly(
              "create table a (id int, t text)",
              "insert into a values (1, 'x');\ninsert into a values (2, 'y')",
              "insert into a values (?, ?)",
              "select id from a");
      assertThat(raw.get(1).rows()).isEqualTo(OptionalLong.of(2));
      assertThat(raw.get(2).parameters()).hasSize(3);
      assertThat(raw.get(2).parameters().get(0)).containsExactly(3, null);
      assertThat(raw.get(2).rows()).isEqualTo(OptionalLong.of(3));
      assertThat(raw.get(3).rows()).isEqualTo(OptionalLong.of(4));
      assertThat(rehearsal.script())
          .contains("insert into a values (3, NULL);\ninsert into a values (4, NULL);");
    }
  }

  @Test
  void a_migration_that_fails_tells_what_was_seen_until_then() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      MigrationRunner runner =
          runner(
              db,
              users()
                  .add("002_bad", h -> h.execute("insert into users values (1, 'again')"))
                  .add("003_more", h -> h.execute("create table more (id int)")));
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, runner::rehearse);

      assertThat(failure)
          .hasMessageMatching(
              """
              The rehearsal of migration "002_bad" \\(.*\\) failed: ERROR: duplicate key value \
              violates unique constraint "users_pkey" \\(SQLState 23505\\)
              Its statement: "insert into users values \\(1, 'again'\\)"
              Certain: the rehearsal was rolled back, the database is as it was\\.
              Rehearsed before it: 001_users\\. Not rehearsed: 003_more\\.
              Next: mend the migration and rehearse again\\.""");
      MigrationRehearsal rehearsal = failure.rehearsal().orElseThrow();
      assertThat(rehearsal.outcomes())
          .extracting(MigrationOutcome::state)
          .containsExactly(State.ROLLED_BACK, State.FAILED, State.NOT_RUN);
      assertThat(rehearsal.statements()).hasSize(3);
      assertThat(rehearsal.statements().get(2).error()).isPresent();
      assertThat(rehearsal.script())
          .endsWith(
              "-- NOT IN THIS SCRIPT, because they were not rehearsed: 002_bad, 003_more\n\nCOMMIT;\n");
      assertThat(db.hasTable("users")).isFalse();
      assertThat(db.hasTable("migrations")).isFalse();
    }
  }

  @Test
  void postgresql_tells_the_locks() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      runner(db, users()).up();
      MigrationRehearsal rehearsal =
          runner(
                  db,
                  users()
                      .add(
                          "002_column",
                          h -> {
                            h.execute("update users set name = 'x'");
                            h.execute("alter table users add column age int");
                          })
                      .add("003_drop", h -> h.execute("drop table users")))
              .rehearse();

      assertThat(rehearsal.statements())
          .extracting(RehearsedStatement::locks)
          .containsExactly(
              List.of(new TableLock("public.users", "RowExclusiveLock")),
              List.of(new TableLock("public.users", "AccessExclusiveLock")),
              List.of());
      assertThat(db.hasTable("users")).isTrue();
      assertThat(db.history()).containsExactly("001_users");
      assertThat(db.journal()).containsExactly("001_users UP EXECUTED");
    }
  }

  @Test
  void a_step_outside_a_transaction_ends_it() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      MigrationDefinition outside = MigrationDefinition.of("002_index").asNonTransactional();
      MigrationRehearsal rehearsal =
          runner(
                  db,
                  users()
                      .add(
                          outside,
                          h -> h.execute("create index concurrently users_name on users (name)"))
                      .add("003_more", h -> h.execute("create table more (id int)")))
              .rehearse();

      assertThat(rehearsal.outcomes())
          .extracting(MigrationOutcome::state)
          .containsExactly(State.ROLLED_BACK, State.NOT_RUN, State.NOT_RUN);
      assertThat(rehearsal.remarks())
          .containsExactly(
              "The rehearsal ends before 002_index, which runs outside a transaction and so could"
                  + " not be rolled back. Not rehearsed: 002_index, 003_more."
                  + " rehearseOn(scratchJdbi) runs them on a database of their own.",
              CODE_HAS_RUN);
      assertThat(db.hasTable("users")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SQLITE", "POSTGRESQL"})
  void what_would_end_the_transaction_is_not_done(Kind kind) {
    List<JdbiMigration> ends =
        List.of(
            h -> h.getConnection().commit(),
            h -> h.commit(),
            h -> h.getConnection().rollback(),
            h -> h.getConnection().setAutoCommit(true),
            h -> h.execute("commit"),
            h -> h.execute("/* so */ END"),
            h -> h.createScript("insert into users values (7, 'x'); commit; begin").execute(),
            h -> h.getConnection().close(),
            h -> h.close(),
            h -> {
              try (Connection second = h.getJdbi().open().getConnection()) {
                second.createStatement().execute("create table second (id int)");
              }
            },
            h -> {
              try {
                h.execute("commit");
              } catch (RuntimeException e) {
                h.execute("create table later (id int)");
              }
            });
    for (JdbiMigration end : ends) {
      try (TestDatabase db = kind.open()) {
        MigrationRehearsal rehearsal =
            runner(db, users().add("002_end", end).add("003_more", h -> {})).rehearse();

        assertThat(rehearsal.outcomes())
            .extracting(MigrationOutcome::state)
            .containsExactly(State.ROLLED_BACK, State.NOT_RUN, State.NOT_RUN);
        assertThat(rehearsal.remarks().get(0))
            .startsWith("The rehearsal ends within 002_end: it ")
            .endsWith(
                ", which could not be rolled back, and was kept from it. Not rehearsed to the end:"
                    + " 002_end, 003_more. rehearseOn(scratchJdbi) runs them on a database of their"
                    + " own.");
        assertThat(db.hasTable("users")).isFalse();
        assertThat(db.hasTable("second")).isFalse();
        assertThat(db.hasTable("later")).isFalse();
        assertThat(db.hasTable("migrations")).isFalse();
      }
    }
  }

  @Test
  void a_nested_handle_is_the_same_one() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      MigrationRehearsal rehearsal =
          runner(
                  db,
                  users()
                      .add(
                          "002_nested",
                          h ->
                              h.getJdbi()
                                  .useTransaction(
                                      inner -> inner.execute("insert into users values (9, 'n')"))))
              .rehearse();

      assertThat(rehearsal.outcomes())
          .extracting(MigrationOutcome::state)
          .containsExactly(State.ROLLED_BACK, State.ROLLED_BACK);
      assertThat(rehearsal.statements()).hasSize(3);
      assertThat(db.hasTable("users")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"H2", "MARIADB", "HSQLDB"})
  void where_ddl_commits_it_is_refused_with_the_way_out(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner runner = runner(db, users());
      String name =
          switch (kind) {
            case H2 -> "H2";
            case MARIADB -> "MariaDB";
            default -> "HSQL Database Engine";
          };

      assertThatThrownBy(runner::rehearse)
          .isExactlyInstanceOf(MigrationException.class)
          .hasMessage(
              "A rehearsal ends with a rollback, and "
                  + name
                  + " commits on DDL, so it could not take back what it did. Nothing was run."
                  + " Next: rehearseOn(scratchJdbi) runs the migrations on an empty "
                  + name
                  + " database that you give it.");
      assertThat(db.hasTable("users")).isFalse();
      assertThat(db.hasTable("migrations")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"H2", "MARIADB", "POSTGRESQL"})
  void on_a_scratch_database_it_stays(Kind kind) {
    try (TestDatabase db = kind.open();
        TestDatabase scratch = kind.open()) {
      runner(db, users()).up();
      MigrationRunner runner =
          runner(db, users().add("002_more", h -> h.execute("insert into users values (2, 'Bo')")));

      MigrationRehearsal rehearsal = runner.rehearseOn(scratch.jdbi());

      assertThat(rehearsal.outcomes())
          .extracting(o -> o.name() + " " + o.state())
          .containsExactly("002_more COMPLETED");
      assertThat(rehearsal.statements())
          .extracting(RehearsedStatement::sql)
          .containsExactly("insert into users values (2, 'Bo')");
      assertThat(scratch.history()).containsExactly("001_users", "002_more");
      assertThat(db.history()).containsExactly("001_users");

      assertThatThrownBy(() -> runner.rehearseOn(scratch.jdbi()))
          .isExactlyInstanceOf(MigrationException.class)
          .hasMessageContaining("The scratch database is not empty, it holds ");
      assertThatThrownBy(() -> runner.rehearseOn(db.jdbi()))
          .isExactlyInstanceOf(MigrationException.class)
          .hasMessage(
              "The scratch database is the database itself. A rehearsal on it is not rolled back."
                  + " Nothing was run. Next: give another, empty database.");
      assertThat(db.history()).containsExactly("001_users");
    }
  }

  @Test
  void nothing_pending_is_nothing_to_rehearse() {
    try (TestDatabase db = Kind.SQLITE.open()) {
      runner(db, users()).up();

      MigrationRehearsal rehearsal = runner(db, users()).rehearse();

      assertThat(rehearsal.outcomes()).isEmpty();
      assertThat(rehearsal.statements()).isEmpty();
      assertThat(rehearsal.remarks()).isEmpty();
      assertThat(rehearsal.script())
          .isEqualTo("-- Nothing is pending, so there is nothing to do.\n");
      assertThat(rehearsal).hasToString("🎬 Rehearsal:\n  Nothing is pending.");
    }
  }

  @Test
  void a_handle_that_is_open_already_cannot_be_watched() {
    try (TestDatabase db = Kind.SQLITE.open()) {
      MigrationRunner runner = runner(db, users());

      assertThatThrownBy(() -> db.jdbi().useHandle(h -> runner.rehearse()))
          .isExactlyInstanceOf(MigrationException.class)
          .hasMessage(
              "A rehearsal watches its connection from the moment on which it is opened, and a"
                  + " handle of this Jdbi is open on this thread already. Nothing was run. Next:"
                  + " call rehearse() outside of the callback of useHandle, withHandle or"
                  + " inTransaction.");
      assertThat(db.hasTable("users")).isFalse();
    }
  }

  @Test
  void risks_are_noted_for_large_tables_only() {
    MigrationRegistry.Builder before =
        users()
            .add(
                "002_large",
                h -> {
                  h.execute("create table large (id int, name text)");
                  h.execute("insert into large select i, 'x' from generate_series(1, 5000) i");
                  for (String parted : List.of("few", "many")) {
                    h.execute("create table " + parted + " (id int) partition by range (id)");
                    h.execute(
                        "create table %1$s_1 partition of %1$s for values from (0) to (9999)"
                            .formatted(parted));
                  }
                  h.execute("insert into many select i from generate_series(1, 5000) i");
                });
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      runner(db, before).up();
      MigrationRehearsal rehearsal =
          runner(
                  db,
                  before.add(
                      "003_risky",
                      h -> {
                        h.execute("create table fresh (id int)");
                        for (String table : List.of("users", "large", "fresh", "few", "many")) {
                          h.execute("create index on " + table + " (id)");
                          h.execute("update " + table + " set id = id");
                        }
                        h.execute(
                            "/* risk Drop accepted: nobody has read it since 2.3 */"
                                + " alter table large drop column name");
                      }))
              .rehearse();

      assertThat(rehearsal.risks())
          .extracting(note -> note.rule() + ": " + note.statement())
          .containsExactly(
              "BlockingIndex: create index on large (id)",
              "UnboundedDml: update large set id = id",
              "BlockingIndex: create index on many (id)",
              "UnboundedDml: update many set id = id");
    }
  }

  @Test
  void what_is_outside_of_the_transaction_is_named() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.jdbi().useHandle(h -> h.execute("create sequence numbers"));
      MigrationRehearsal rehearsal =
          runner(
                  db,
                  users()
                      .add(
                          "002_outside",
                          h -> {
                            h.createQuery("select nextval('numbers')").mapTo(Long.class).one();
                            h.createQuery("select pg_advisory_lock(4711) is null")
                                .mapTo(Boolean.class)
                                .one();
                            h.createQuery("select pg_advisory_unlock(4711)")
                                .mapTo(Boolean.class)
                                .one();
                            h.getConnection()
                                .unwrap(org.postgresql.PGConnection.class)
                                .getCopyAPI()
                                .copyIn(
                                    "copy users from stdin",
                                    new java.io.StringReader("9\tCopied\n"));
                          }))
              .rehearse();

      assertThat(rehearsal.remarks())
          .containsExactly(
              "002_outside moves a sequence (nextval), which a rollback does not move back.",
              "002_outside takes a lock of the session (pg_advisory_lock), which a rollback does not"
                  + " release.",
              "002_outside uses the driver's own org.postgresql.PGConnection: what that sends is"
                  + " done, but not listed.",
              CODE_HAS_RUN);
      assertThat(db.hasTable("users")).isFalse();
    }
  }

  @Test
  void a_lock_that_is_not_free_is_not_waited_for_long() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      runner(db, users()).up();
      try (Handle other = db.jdbi().open()) {
        other.begin();
        other.execute("lock table users in share mode");
        MigrationRunner runner =
            runner(db, users().add("002_x", h -> h.execute("update users set id = 2")));

        MigrationFailedException failure =
            catchThrowableOfType(MigrationFailedException.class, runner::rehearse);

        assertThat(failure.getMessage())
            .contains("canceling statement due to lock timeout")
            .endsWith(
                "Next: see who holds the lock that it needs (a rehearsal waits only a moment for it,"
                    + " so as to hold up nobody; ddlLockTimeout gives it more), and rehearse again.");
        other.rollback();
      }
    }
  }

  @Test
  void another_run_is_waited_for() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch waited = new CountDownLatch(1);
    MigrationRegistry.Builder slow =
        MigrationRegistry.builder()
            .add(
                "001_users",
                h -> {
                  users(h);
                  inside.countDown();
                  waited.await();
                });
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      runner(db, MigrationRegistry.builder()).setup();
      Thread other = new Thread(() -> runner(db, slow).up());
      other.start();
      inside.await();
      MigrationRehearsal rehearsal =
          MigrationRunner.create(
                  db.jdbi(),
                  users().add("002_x", h -> h.execute("update users set id = 2")).build(),
                  db.options()
                      .logger(
                          line -> {
                            if (line.startsWith("⏳ Waiting for another run (pid ")) {
                              waited.countDown();
                            }
                          })
                      .build())
              .rehearse();
      other.join();

      assertThat(rehearsal.outcomes()).extracting(MigrationOutcome::name).containsExactly("002_x");
      assertThat(db.history()).containsExactly("001_users");
    }
  }

  @Test
  void a_dry_run_of_it_does_nothing() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      MigrationRehearsal rehearsal =
          MigrationRunner.create(db.jdbi(), users().build(), db.options().dryRun(true).build())
              .rehearse();

      assertThat(rehearsal.outcomes())
          .extracting(MigrationOutcome::state)
          .containsExactly(State.PLANNED);
      assertThat(rehearsal.statements()).isEmpty();
      assertThat(db.lines())
          .containsExactly("🔍 DRY RUN - No changes will be made", "🎬 Would rehearse 001_users");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SQLITE", "POSTGRESQL", "DERBY", "H2", "MARIADB"})
  void the_code_gets_the_same_answers_as_in_a_run(Kind kind) {
    JdbiMigration asking =
        h -> {
          h.execute("create table t (id int primary key, n varchar(10))");
          assertThat(h.execute("insert into t values (1, 'a')")).isEqualTo(1);
          assertThat(
                  h.createUpdate("insert into t values (:id, :n)")
                      .bind("id", 2)
                      .bind("n", "b")
                      .execute())
              .isEqualTo(1);
          assertThat(
                  h.prepareBatch("insert into t values (?, ?)").add(3, "c").add(4, "d").execute())
              .containsExactly(1, 1);
          assertThat(h.execute("update t set n = 'x' where id > ?", 1)).isEqualTo(3);
          List<String> names =
              h.createQuery("select n from t order by id").mapTo(String.class).list();
          assertThat(names).containsExactly("a", "x", "x", "x");
          try (Statement raw = h.getConnection().createStatement()) {
            assertThat(raw.execute("delete from t where id = 4")).isFalse();
            assertThat(raw.getUpdateCount()).isEqualTo(1);
          }
        };
    try (TestDatabase db = kind.open();
        TestDatabase scratch = kind.open()) {
      MigrationRunner runner = runner(db, MigrationRegistry.builder().add("001_t", asking));
      MigrationRehearsal rehearsal =
          kind.rollsBackDdl() ? runner.rehearse() : runner.rehearseOn(scratch.jdbi());

      assertThat(rehearsal.statements()).hasSize(7);
      assertThat(rehearsal.statements().get(4).rows()).isEqualTo(OptionalLong.of(3));
      assertThat(rehearsal.statements().get(5).rows()).isEqualTo(OptionalLong.of(4));
    }
  }

  @Test
  void an_error_that_was_swallowed_fails_as_in_a_run() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      MigrationRunner runner =
          runner(
              db,
              users()
                  .add(
                      "002_swallows",
                      h -> {
                        try {
                          h.execute("insert into nowhere values (1)");
                        } catch (RuntimeException e) {
                          // and goes on
                        }
                      }));
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, runner::rehearse);

      assertThat(failure.getMessage())
          .contains(
              "failed: one of its statements failed, and it went on as if it had not; the database"
                  + " has rolled back the transaction. Let the exception pass, or use a savepoint");
      assertThat(db.hasTable("users")).isFalse();
    }
  }

  @Test
  void a_pool_without_autocommit_gets_its_connection_back_as_it_was() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(db.url());
      config.setMaximumPoolSize(1);
      config.setAutoCommit(false);
      try (HikariDataSource pool = new HikariDataSource(config)) {
        Jdbi jdbi = Jdbi.create(pool);
        MigrationRunner runner =
            MigrationRunner.create(
                jdbi,
                users().add("002_path", h -> h.execute("set search_path to pg_catalog")).build(),
                db.options().build());

        assertThat(runner.rehearse().statements()).hasSize(3);
        assertThat(runner.rehearse().statements()).hasSize(3);
        String path =
            jdbi.withHandle(h -> h.createQuery("show search_path").mapTo(String.class).one());
        assertThat(path).isEqualTo("\"$user\", public");
        assertThat(db.hasTable("users")).isFalse();
        assertThat(runner.up().completed()).containsExactly("001_users", "002_path");
      }
    }
  }
}
