package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only PostgreSQL has. */
class PostgresTest {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
          .add("002_b", h -> h.execute("create table b (id int)"), h -> h.execute("drop table b"))
          .build();

  private static TestDatabase open() {
    return Kind.POSTGRESQL.open();
  }

  private static String with(TestDatabase db, String parameter) {
    return db.url() + (db.url().contains("?") ? "&" : "?") + parameter;
  }

  private static MigrationRunner runner(String url, MigrationRegistry registry) {
    return MigrationRunner.create(
        Jdbi.create(url), registry, MigrationOptions.builder().logger(line -> {}).build());
  }

  // --- schemas

  @Test
  void a_history_found_along_the_search_path_stays_where_it_is() {
    try (TestDatabase db = open()) {
      db.runner(REGISTRY).upTo("001_a");
      db.execute("create schema app");
      MigrationRunner split = runner(with(db, "currentSchema=app,public"), REGISTRY);

      assertThat(split.up().completed()).containsExactly("002_b");
      assertThat(split.up().outcomes()).isEmpty();
      assertThat(db.strings("select schemaname from pg_tables where tablename like 'migrations%'"))
          .containsExactly("public", "public");
      assertThat(db.strings("select schemaname from pg_tables where tablename = 'b'"))
          .containsExactly("app");
    }
  }

  @Test
  void two_schemas_have_two_histories() {
    try (TestDatabase db = open()) {
      for (String schema : List.of("one", "Two \"quoted\".x")) {
        db.execute("create schema " + db.kind().quote(schema));
        MigrationOptions options = db.options().schema(schema).build();
        MigrationRegistry empty = MigrationRegistry.builder().add("001_x", h -> {}).build();
        MigrationRunner runner = MigrationRunner.create(db.jdbi(), empty, options);
        assertThat(runner.up().completed()).containsExactly("001_x");
        assertThat(runner.up().outcomes()).isEmpty();
      }
      assertThat(db.hasTable("migrations")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create view migrations as select ''::text as name, now() as executed_at where false",
        "create materialized view migrations as select ''::text as name, now() as executed_at where false"
      })
  void a_history_that_is_no_table_is_refused(String sql) {
    try (TestDatabase db = open()) {
      db.execute(sql);
      assertThatThrownBy(() -> db.runner(REGISTRY).up())
          .isInstanceOf(HistoryException.class)
          .hasMessageEndingWith(
              "view, not a table. Nothing was changed. Change that, or choose another"
                  + " MigrationOptions.tableName.");
      assertThat(db.hasTable("a")).isFalse();
    }
  }

  /** Opening a step reads the settings in the round trip that takes the lock. */
  @Test
  void a_migration_finds_the_settings_as_they_were_lent_whatever_the_one_before_has_set() {
    String settings =
        "select concat_ws(' ', current_setting('work_mem'), current_setting('search_path'),"
            + " current_setting('transaction_isolation'))";
    List<String> seen = new ArrayList<>();
    JdbiMigration notes = h -> seen.add(h.createQuery(settings).mapTo(String.class).one());
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", notes)
            .add(
                "002_b",
                h -> {
                  h.execute("set work_mem = '7MB'");
                  h.execute("set search_path = pg_catalog");
                  h.execute(
                      "set session characteristics as transaction isolation level serializable");
                })
            .add("003_c", notes)
            .build();
    try (TestDatabase db = open()) {
      assertThat(db.runner(registry).up().completed()).containsExactly("001_a", "002_b", "003_c");
      assertThat(seen).hasSize(2).element(0).asString().endsWith("read committed");
      assertThat(seen.get(1)).isEqualTo(seen.get(0));
      assertThat(db.history()).containsExactly("001_a", "002_b", "003_c");
      assertThat(db.journal())
          .containsExactly("001_a UP EXECUTED", "002_b UP EXECUTED", "003_c UP EXECUTED");
    }
  }

  @Test
  void a_name_is_measured_in_bytes() {
    try (TestDatabase db = open()) {
      String longest = "ä".repeat(27) + "x"; // 55 bytes, and 8 for _journal
      MigrationOptions options = db.options().tableName(longest).build();
      assertThat(MigrationRunner.create(db.jdbi(), REGISTRY, options).up().completed()).hasSize(2);
      assertThatThrownBy(
              () ->
                  MigrationRunner.create(
                          db.jdbi(), REGISTRY, db.options().tableName(longest + "y").build())
                      .up())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The name \""
                  + longest
                  + "y_journal\" is too long: PostgreSQL allows 63 bytes, and the journal's name"
                  + " adds \"_journal\" to the history's. Choose a shorter tableName or schema.");
    }
  }

  // --- privileges

  @Test
  void without_the_right_to_create_the_statement_and_the_way_on_are_named() {
    try (TestDatabase db = open()) {
      String role = "plain_" + System.nanoTime();
      db.execute("create role " + role);
      try {
        MigrationRunner runner = runner(with(db, "options=-c%20role=" + role), REGISTRY);
        assertThatThrownBy(runner::up)
            .isInstanceOf(HistoryException.class)
            .hasMessageStartingWith(
                "Reading or writing the history failed: ERROR: permission denied for schema public")
            .hasMessageContaining("Statement: CREATE TABLE \"public\".migrations")
            .hasMessageEndingWith(
                "if it is about the tables, runner.maintenance().setupSql() prints those that are"
                    + " expected.");
        assertThat(runner.status().pending()).hasSize(2);
      } finally {
        db.execute("drop role " + role);
      }
    }
  }

  @Test
  void a_read_only_session_can_look_but_not_migrate() {
    try (TestDatabase db = open()) {
      db.runner(REGISTRY).upTo("001_a");
      MigrationRunner readOnly =
          runner(with(db, "options=-c%20default_transaction_read_only=on"), REGISTRY);
      assertThat(readOnly.status().pending()).hasSize(1);
      assertThatThrownBy(readOnly::up)
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("(SQLState 25006)")
          .hasMessageEndingWith(
              "The database or the session is read-only: nothing was changed. Run with a connection"
                  + " that may write.");
      db.runner(REGISTRY).up();
      assertThat(readOnly.up().outcomes()).isEmpty();
    }
  }

  // --- isolation

  /** A statement that waits for a lock must see afterwards what its holder has done. */
  @ParameterizedTest
  @ValueSource(strings = {"repeatable%5C%20read", "serializable"})
  void another_default_isolation_is_given_back(String isolation) throws Exception {
    try (TestDatabase db = open()) {
      Jdbi jdbi = Jdbi.create(with(db, "options=-c%20default_transaction_isolation=" + isolation));
      List<String> seen = new ArrayList<>();
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add(
                  "001_a",
                  h -> seen.add(h.select("show transaction_isolation").mapTo(String.class).one()))
              .build();
      try (Handle handle = jdbi.open()) {
        MigrationRunner.create(Jdbi.create(handle.getConnection()), registry, db.options().build())
            .up();
        assertThat(handle.select("show transaction_isolation").mapTo(String.class).one())
            .isEqualTo(isolation.replace("%5C%20", " "));
      }
      assertThat(seen).containsExactly("read committed");
    }
  }

  // --- bodies

  @Test
  void one_that_swallows_the_error_of_a_statement_fails_with_the_reason() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.execute("create table a (id int)");
                  try {
                    h.execute("select nonsense");
                  } catch (RuntimeException e) {
                    // as if it did not matter
                  }
                })
            .build();
    try (TestDatabase db = open()) {
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> db.runner(registry).up());
      assertThat(failure.getMessage())
          .isEqualTo(
              "Migration \"001_a\" ("
                  + failure.getMessage().replaceFirst("(?s)^[^(]*\\(([^)]*)\\).*", "$1")
                  + ") failed while migrating up: one of its statements failed, and it went on as if"
                  + " it had not; the database has rolled back the transaction. Let the exception"
                  + " pass, or use a savepoint\n"
                  + "Certain: nothing of it was committed, it is not executed.\n"
                  + "Completed before it: none. Not run: none.\n"
                  + "Next: mend the migration and run up() again.");
      assertThat(db.hasTable("a")).isFalse();
      assertThat(db.journal()).containsExactly("001_a UP FAILED");
    }
  }

  /** The driver begins another transaction at once, so that only its number tells. */
  @Test
  void one_that_commits_by_raw_sql_is_recorded_with_a_warning() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.execute("create table a (id int)");
                  h.execute("commit");
                  h.execute("insert into a values (1)");
                })
            .build();
    try (TestDatabase db = open()) {
      assertThat(db.runner(registry).up().completed()).containsExactly("001_a");
      assertThat(db.lines())
          .filteredOn(line -> line.startsWith("⚠️"))
          .singleElement()
          .asString()
          .startsWith("⚠️ 001_a ");
      assertThat(db.history()).containsExactly("001_a");
      assertThat(db.strings("select id from a")).containsExactly("1");
      assertThat(db.journal()).containsExactly("001_a UP EXECUTED");
    }
  }

  @Test
  void one_that_leaves_another_role_fails_with_the_reason() {
    MigrationRegistry registry =
        MigrationRegistry.builder().add("001_a", h -> h.execute("set role pg_monitor")).build();
    try (TestDatabase db = open()) {
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> db.runner(registry).up());
      assertThat(failure.getMessage())
          .contains(
              "failed while migrating up: it cannot be recorded: ERROR: permission denied for table"
                  + " migrations_journal (SQLState 42501). If it has set another role, it must reset"
                  + " that before it ends\nCertain: nothing of it was committed, it is not"
                  + " executed.\n");
      assertThat(db.journal()).containsExactly("001_a UP FAILED");
    }
  }

  @Test
  void per_run_all_or_nothing() {
    MigrationRegistry failing =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"))
            .add("002_b", h -> h.execute("nonsense"))
            .build();
    try (TestDatabase db = open()) {
      MigrationOptions options = db.options().transactions(TransactionMode.PER_RUN).build();
      catchThrowableOfType(
          MigrationFailedException.class,
          () -> MigrationRunner.create(db.jdbi(), failing, options).up());
      assertThat(db.hasTable("a")).isFalse();
      assertThat(db.history()).isEmpty();
      MigrationRunner.create(db.jdbi(), REGISTRY, options).up();
      assertThat(db.history()).containsExactly("001_a", "002_b");
    }
  }

  // --- waiting for others

  private static MigrationRegistry altering(AtomicInteger tries) {
    return MigrationRegistry.builder()
        .add(
            "001_a",
            h -> {
              tries.incrementAndGet();
              h.execute("create table early (id int)");
              h.execute("alter table busy add column more int");
            })
        .build();
  }

  @Test
  void an_attempt_that_waits_too_long_for_a_lock_is_made_again() throws SQLException {
    AtomicInteger tries = new AtomicInteger();
    try (TestDatabase db = open();
        Connection other = DriverManager.getConnection(db.url())) {
      db.execute("create table busy (id int)");
      other.setAutoCommit(false);
      other.createStatement().execute("lock table busy in access share mode");
      MigrationOptions options =
          db.options()
              .ddlLockTimeout(Duration.ofMillis(50))
              .logger(
                  line -> {
                    db.lines().add(line);
                    if (line.contains("(2 of 3)")) {
                      release(other);
                    }
                  })
              .build();
      MigrationResult result = MigrationRunner.create(db.jdbi(), altering(tries), options).up();

      assertThat(result.completed()).containsExactly("001_a");
      assertThat(tries).hasValue(3);
      assertThat(db.hasTable("early")).isTrue();
      assertThat(db.journal()).containsExactly("001_a UP EXECUTED");
      String undone =
          "↻ 001_a was rolled back: ERROR: canceling statement due to lock timeout (SQLState"
              + " 55P03); trying again (%d of 3)";
      assertThat(db.lines().subList(0, 3))
          .containsExactly("↑ Running 001_a...", undone.formatted(1), undone.formatted(2));
    }
  }

  private static void release(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void it_is_made_four_times_at_most_and_leaves_nothing() throws SQLException {
    AtomicInteger tries = new AtomicInteger();
    try (TestDatabase db = open();
        Connection other = DriverManager.getConnection(db.url())) {
      db.execute("create table busy (id int)");
      other.setAutoCommit(false);
      other.createStatement().execute("lock table busy in access share mode");
      MigrationOptions options = db.options().ddlLockTimeout(Duration.ofMillis(20)).build();
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class,
              () -> MigrationRunner.create(db.jdbi(), altering(tries), options).up());
      assertThat(failure.getMessage())
          .contains("canceling statement due to lock timeout (SQLState 55P03)")
          .contains("Certain: nothing of it was committed, it is not executed.");
      assertThat(tries).hasValue(4);
      assertThat(db.hasTable("early")).isFalse();
      other.rollback();
    }
  }

  @Test
  void outside_a_transaction_nothing_is_made_again() {
    AtomicInteger tries = new AtomicInteger();
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_a").asNonTransactional(),
                h -> {
                  tries.incrementAndGet();
                  h.execute("do $$ begin raise sqlstate '40001'; end $$");
                })
            .build();
    try (TestDatabase db = open()) {
      catchThrowableOfType(MigrationFailedException.class, () -> db.runner(registry).up());
      assertThat(tries).hasValue(1);
      assertThat(db.journal()).containsExactly("001_a UP FAILED");
    }
  }

  @Test
  void a_statement_that_takes_too_long_is_ended_also_in_plain_jdbc() {
    for (boolean transactional : new boolean[] {true, false}) {
      MigrationDefinition definition = MigrationDefinition.of("001_a");
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add(
                  transactional ? definition : definition.asNonTransactional(),
                  h -> h.getConnection().createStatement().execute("select pg_sleep(60)"))
              .build();
      try (TestDatabase db = open()) {
        MigrationOptions options = db.options().statementTimeout(Duration.ofSeconds(1)).build();
        MigrationFailedException failure =
            catchThrowableOfType(
                MigrationFailedException.class,
                () -> MigrationRunner.create(db.jdbi(), registry, options).up());
        assertThat(failure.getMessage())
            .contains("canceling statement due to statement timeout (SQLState 57014)");
      }
    }
  }

  /**
   * A statement that blocked would be an old transaction for everybody else. Without a limit for
   * locks it would block here until the migration that it waits for ends, which waits for it.
   */
  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_run_that_waits_for_another_blocks_in_no_statement() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    MigrationRegistry slow =
        MigrationRegistry.builder()
            .add(
                "001_slow",
                h -> {
                  inside.countDown();
                  release.await();
                })
            .build();
    try (TestDatabase db = open()) {
      db.runner(slow).setup();
      ExecutorService other = Executors.newSingleThreadExecutor();
      Future<MigrationResult> running = other.submit(() -> db.runner(slow).up());
      inside.await();
      MigrationOptions options =
          db.options().lockTimeout(Duration.ZERO).ddlLockTimeout(Duration.ZERO).build();
      assertThatThrownBy(() -> MigrationRunner.create(db.jdbi(), slow, options).up())
          .isInstanceOf(MigrationLockException.class);
      release.countDown();
      assertThat(running.get().completed()).containsExactly("001_slow");
      other.shutdown();
    }
  }

  // --- CREATE INDEX CONCURRENTLY

  private static MigrationRegistry concurrently(String sql) {
    return MigrationRegistry.builder()
        .add("001_a", h -> h.execute("create table a (id int)"))
        .add(MigrationDefinition.of("002_index").asNonTransactional(), h -> h.execute(sql))
        .build();
  }

  /** Waiting runs that blocked, or kept a transaction open, would keep it from ending. */
  @Test
  void an_index_is_built_concurrently_while_others_wait() throws Exception {
    MigrationRegistry registry = concurrently("create index concurrently a_id on a (id)");
    try (TestDatabase db = open()) {
      ExecutorService runners = Executors.newFixedThreadPool(6);
      CountDownLatch start = new CountDownLatch(1);
      List<Future<MigrationResult>> results = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        results.add(
            runners.submit(
                () -> {
                  start.await();
                  return db.runner(registry).up();
                }));
      }
      start.countDown();
      List<String> completed = new ArrayList<>();
      for (Future<MigrationResult> result : results) {
        completed.addAll(result.get().completed());
      }
      assertThat(completed).containsExactlyInAnyOrder("001_a", "002_index");
      assertThat(
              db.strings(
                  "select indisvalid::text from pg_index where indexrelid = 'a_id'::regclass"))
          .containsExactly("true");
      runners.shutdown();
    }
  }

  @Test
  void an_invalid_index_fails_the_attempt_and_is_diagnosed() {
    MigrationRegistry registry = concurrently("insert into a values (1), (1)");
    MigrationRegistry swallowing =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"))
            .add(
                MigrationDefinition.of("002_index").asNonTransactional(),
                h -> {
                  try {
                    h.execute("create unique index concurrently a_id on a (id)");
                  } catch (RuntimeException e) {
                    // as if it did not matter
                  }
                })
            .build();
    try (TestDatabase db = open()) {
      db.runner(registry).upTo("001_a");
      db.execute("insert into a values (1), (1)");
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> db.runner(swallowing).up());
      assertThat(failure.getMessage())
          .contains(
              "failed while migrating up: it has left an invalid index (public.a_id), which is kept"
                  + " up to date but never used. Drop it and create it again\n")
          .contains("stays open.");
      assertThat(db.history()).containsExactly("001_a");
      assertThat(db.runner(swallowing).maintenance().diagnose().findings())
          .hasSize(2)
          .last()
          .isEqualTo(
              "Index public.a_id is invalid: its build was interrupted or has failed. It is kept up"
                  + " to date but never used. Drop it and create it again.");
    }
  }

  /** Somebody else's invalid index, there before, is not this migration's. */
  @Test
  void an_index_that_was_invalid_before_fails_nobody() {
    MigrationRegistry registry = concurrently("create index concurrently a_id on a (id)");
    try (TestDatabase db = open()) {
      db.runner(registry).upTo("001_a");
      db.execute("insert into a values (1), (1)");
      assertThatThrownBy(() -> db.execute("create unique index concurrently bad on a (id)"))
          .isInstanceOf(RuntimeException.class);
      assertThat(db.runner(registry).up().completed()).containsExactly("002_index");
    }
  }

  // --- the owner of an attempt

  /** A body that has committed by itself, and whose session is then gone. */
  @Test
  void an_attempt_that_became_visible_is_interrupted_when_its_session_is_gone() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.execute("create table a (id int)");
                  h.execute("commit");
                  h.execute("select pg_terminate_backend(pg_backend_pid())");
                })
            .build();
    try (TestDatabase db = open()) {
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> db.runner(registry).up());
      assertThat(failure.getMessage()).contains("stays open.");
      assertThatThrownBy(() -> db.runner(registry).up())
          .isInstanceOf(InterruptedMigrationException.class);
    }
  }
}
