package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kysera.migrations.TestDatabase.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Odd orders, hostile migrations and listeners, and what must never be said of them. */
class HardCasesTest {
  private static final JdbiMigration NOTHING = h -> {};

  private record Flaky(List<String> upFails, List<String> downFails) implements JdbiMigration {
    @Override
    public void up(Handle handle) {
      if (!upFails.isEmpty()) {
        throw new IllegalStateException("boom");
      }
    }

    @Override
    public void down(Handle handle) {
      if (!downFails.isEmpty()) {
        throw new IllegalStateException("boom");
      }
    }
  }

  private static MigrationRegistry flaky(JdbiMigration second, JdbiMigration thirdDown) {
    MigrationRegistry.Builder builder =
        MigrationRegistry.builder()
            .add("001_a", NOTHING, NOTHING)
            .add(MigrationDefinition.of("002_b").asNonTransactional(), second);
    return (thirdDown == null
            ? builder.add("003_c", NOTHING)
            : builder.add("003_c", NOTHING, thirdDown))
        .build();
  }

  private static String openAttempt(MigrationRunner runner) {
    return runner.maintenance().diagnose().openAttempt().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void rerun_of_a_down_never_rolls_back_another_migration(Kind kind) {
    List<String> undone = new ArrayList<>();
    List<String> fails = new ArrayList<>(List.of("yes"));
    MigrationRegistry registry = flaky(new Flaky(List.of(), fails), h -> undone.add("003"));
    try (TestDatabase db = kind.open()) {
      db.runner(registry).upTo("002_b");
      catchThrowable(() -> db.runner(registry).down());
      String attempt = openAttempt(db.runner(registry));
      fails.clear();
      db.execute("insert into migrations (name) values ('003_c')"); // the Node version goes on
      catchThrowable(
          () -> db.runner(registry).maintenance().resolve(attempt, Resolution.RERUN, "again"));
      assertThat(undone).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void rerun_of_a_down_reruns_it_below_a_skipped_one(Kind kind) {
    List<String> fails = new ArrayList<>(List.of("yes"));
    MigrationRegistry registry = flaky(new Flaky(List.of(), fails), null);
    try (TestDatabase db = kind.open()) {
      db.runner(registry).up();
      catchThrowable(() -> db.runner(registry).down(2));
      String attempt = openAttempt(db.runner(registry));
      fails.clear();
      assertThat(
              db.runner(registry)
                  .maintenance()
                  .resolve(attempt, Resolution.RERUN, "again")
                  .completed())
          .containsExactly("002_b");
    }
  }

  @Test
  void h2_the_transaction_of_the_user_survives() {
    MigrationRegistry registry = MigrationRegistry.builder().add("001_a", NOTHING).build();
    try (TestDatabase db = Kind.H2.open()) {
      db.execute("create table mine (id int)");
      catchThrowable(
          () ->
              db.jdbi()
                  .useTransaction(
                      h -> {
                        catchThrowable(() -> db.runner(registry).status()); // up() does the same
                        h.execute("insert into mine values (1)");
                        throw new IllegalStateException("roll back, please");
                      }));
      assertThat(db.strings("select id from mine")).isEmpty();
    }
  }

  @Test
  void h2_a_logger_that_throws_an_error_leaves_no_claim_behind() {
    MigrationRegistry registry = MigrationRegistry.builder().add("001_a", NOTHING).build();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:b07");
    config.setMaximumPoolSize(2);
    config.setMinimumIdle(2);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      Jdbi jdbi = Jdbi.create(pool);
      MigrationOptions loud =
          MigrationOptions.builder()
              .logger(
                  line -> {
                    if (line.startsWith("↑")) {
                      throw new AssertionError("not a RuntimeException");
                    }
                  })
              .build();
      catchThrowable(() -> MigrationRunner.create(jdbi, registry, loud).up());
      MigrationOptions quiet =
          MigrationOptions.builder().lockTimeout(Duration.ofSeconds(2)).logger(l -> {}).build();
      // The session that left the claim is lent to somebody else, so it looks alive.
      Throwable thrown =
          jdbi.withHandle(
              lent ->
                  catchThrowable(
                      () -> MigrationRunner.create(Jdbi.create(pool), registry, quiet).up()));
      assertThat(thrown).isNull();
    }
  }

  @Test
  void per_run_the_result_after_a_lost_session_is_true() {
    MigrationRegistry registry =
        MigrationRegistry.builder().add("001_a", NOTHING).add("002_b", Handle::close).build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      MigrationOptions perRun = db.options().transactions(TransactionMode.PER_RUN).build();
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class,
              () -> MigrationRunner.create(db.jdbi(), registry, perRun).up());
      assertThat(db.history()).isEmpty();
      assertThat(failure.result().completed()).isEmpty();
    }
  }

  @Test
  void per_run_the_result_of_a_stopped_run_is_true() {
    List<MigrationResult> heard = new ArrayList<>();
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("insert into migrations (name) values ('001_x')"))
            .add("002_b", NOTHING)
            .build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      MigrationListener listener =
          new MigrationListener() {
            @Override
            public void runFinished(MigrationResult result) {
              heard.add(result);
            }
          };
      MigrationOptions perRun =
          db.options().transactions(TransactionMode.PER_RUN).listener(listener).build();
      catchThrowable(() -> MigrationRunner.create(db.jdbi(), registry, perRun).up());
      assertThat(db.history()).isEmpty();
      assertThat(heard.get(0).completed()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void one_that_was_resolved_as_executed_can_run_again(Kind kind) {
    List<String> fails = new ArrayList<>(List.of("yes"));
    MigrationRegistry registry = flaky(new Flaky(fails, List.of()), null);
    try (TestDatabase db = kind.open()) {
      catchThrowable(() -> db.runner(registry).up());
      db.runner(registry)
          .maintenance()
          .resolve(openAttempt(db.runner(registry)), Resolution.MARK_EXECUTED, "by hand");
      fails.clear();
      db.runner(registry).up();
      db.runner(registry).down(2); // 003_c is skipped, 002_b rolled back
      assertThat(catchThrowable(() -> db.runner(registry).up())).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void no_bound_value_in_a_message_of_jdbi_itself(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.execute("create table t (a varchar(9), b varchar(9))");
                  h.createUpdate("insert into t values (:a, :b)").bind("a", "hunter2").execute();
                })
            .build();
    try (TestDatabase db = kind.open()) {
      assertThat(catchThrowable(() -> db.runner(registry).up()).getMessage())
          .doesNotContain("hunter2");
    }
  }

  @Test
  void h2_no_data_in_a_message_about_a_conversion() {
    for (String sql : List.of("cast(? as date)", "cast(? as interval day)")) {
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add("001_a", h -> h.select("select " + sql, "hunter2").mapToMap().list())
              .build();
      try (TestDatabase db = Kind.H2.open()) {
        assertThat(catchThrowable(() -> db.runner(registry).up()).getMessage())
            .doesNotContain("hunter2");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_interrupted_migration_hands_the_interrupt_on(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  throw new InterruptedException();
                })
            .build();
    try (TestDatabase db = kind.open()) {
      catchThrowable(() -> db.runner(registry).up());
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void h2_each_migration_finds_the_settings_as_they_were() {
    List<Integer> seen = new ArrayList<>();
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.getConnection().setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                  h.execute("set lock_timeout 7");
                })
            .add(
                "002_b",
                h -> {
                  seen.add(h.getConnection().getTransactionIsolation());
                  seen.add(h.select("select lock_timeout()").mapTo(Integer.class).one());
                })
            .build();
    try (TestDatabase db = Kind.H2.open()) {
      db.runner(registry).up();
      assertThat(seen).containsExactly(Connection.TRANSACTION_READ_COMMITTED, 10_000);
    }
  }

  @Test
  void h2_a_statement_that_takes_too_long_is_ended_also_in_plain_jdbc() {
    String slow = "select count(*) from system_range(1, 100000), system_range(1, 100000)";
    try (TestDatabase db = Kind.H2.open()) {
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add("001_a", h -> h.getConnection().createStatement().executeQuery(slow))
              .build();
      MigrationOptions options = db.options().statementTimeout(Duration.ofSeconds(1)).build();
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class,
              () -> MigrationRunner.create(db.jdbi(), registry, options).up());
      assertThat(failure.getMessage()).contains("[57014-");
    }
  }

  /** H2 makes the limit of one statement the limit of its whole session. */
  @Test
  void h2_a_limit_that_a_migration_sets_does_not_outlive_it() {
    try (TestDatabase db = Kind.H2.open()) {
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add(
                  "001_a",
                  h -> h.createUpdate("create table a (id int)").setQueryTimeout(7).execute())
              .build();
      assertThat(db.runner(registry).up().completed()).hasSize(1);
    }
  }

  @Test
  void h2_the_lock_timeout_comes_back_without_a_ddlLockTimeout() {
    MigrationRegistry registry =
        MigrationRegistry.builder().add("001_a", h -> h.execute("set lock_timeout 7")).build();
    try (TestDatabase db = Kind.H2.open()) { // fails on closing: the database compares
      MigrationOptions options = db.options().ddlLockTimeout(Duration.ZERO).build();
      MigrationRunner.create(db.jdbi(), registry, options).up();
    }
  }

  @Test
  void a_dry_run_refuses_what_the_run_refuses() {
    MigrationRegistry registry = MigrationRegistry.builder().add("001_a", NOTHING).build();
    try (TestDatabase db = Kind.H2.open()) {
      MigrationOptions dry =
          db.options().dryRun(true).transactions(TransactionMode.PER_RUN).build();
      assertThat(catchThrowable(() -> MigrationRunner.create(db.jdbi(), registry, dry).up()))
          .isNotNull();
    }
  }

  @Test
  void plan_refuses_an_attempt_whose_owner_is_dead() {
    MigrationRegistry registry = MigrationRegistry.builder().add("001_a", NOTHING).build();
    try (TestDatabase db = Kind.H2.open()) {
      db.runner(registry).setup();
      db.execute(
          "insert into migrations_journal (id, seq, name, direction, state, phase, open_slot,"
              + " session_ref, format) values ('x', 1, '001_a', 'UP', 'STARTED', 'DIRTY', 1,"
              + " 'gone', 1)");
      assertThat(catchThrowable(() -> db.runner(registry).up()))
          .isInstanceOf(InterruptedMigrationException.class);
      assertThat(catchThrowable(() -> db.runner(registry).plan()))
          .isInstanceOf(InterruptedMigrationException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_constructor_that_throws_leaves_nothing_to_resolve(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.of(
            position -> {
              throw new IllegalStateException("no configuration");
            },
            MigrationDefinition.of("001_a").asNonTransactional());
    try (TestDatabase db = kind.open()) {
      catchThrowable(() -> db.runner(registry).up());
      assertThat(db.runner(registry).maintenance().diagnose().openAttempt()).isEmpty();
    }
  }

  @Test
  void a_history_of_another_application_is_refused_in_a_message_that_can_be_read() {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (int i = 1; i <= 1000; i++) {
      builder.add("%05d_add_column_to_customer_%d".formatted(1000 + i, i), NOTHING);
    }
    MigrationRegistry registry = builder.build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      db.runner(registry).setup();
      db.jdbi()
          .useTransaction(
              h -> {
                for (int i = 1; i <= 1000; i++) {
                  h.execute(
                      "insert into migrations (name) values (?)",
                      "%05d_create_index_on_orders_%d".formatted(i, i));
                }
              });
      String message = catchThrowable(() -> db.runner(registry).up()).getMessage();
      assertThat(message.lines()).hasSize(12).last().isEqualTo("- and 990 more");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_listener_that_throws_an_error_later_changes_nothing(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.builder().add("001_a", NOTHING).add("002_b", NOTHING).build();
    MigrationListener listener =
        new MigrationListener() {
          @Override
          public void afterMigration(MigrationStep step, MigrationOutcome outcome) {
            throw new AssertionError("expected something else");
          }
        };
    try (TestDatabase db = kind.open()) {
      catchThrowable(
          () ->
              MigrationRunner.create(db.jdbi(), registry, db.options().listener(listener).build())
                  .up());
      assertThat(db.history()).containsExactly("001_a", "002_b");
    }
  }

  @Test
  void a_migration_must_not_run_migrations() {
    MigrationRegistry inner = MigrationRegistry.builder().add("001_a", NOTHING).build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      MigrationRegistry outer =
          MigrationRegistry.builder()
              .add(MigrationDefinition.of("002_b").asNonTransactional(), h -> db.runner(inner).up())
              .build();
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> db.runner(outer).up());
      assertThat(failure.getMessage())
          .contains(
              "Migration \"002_b\" is running on this very thread, so nothing else can be migrated"
                  + " now. Nothing was changed. A migration must not run migrations.");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_down_that_deletes_its_own_row_is_noticed(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", NOTHING, h -> h.execute("delete from migrations"))
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(registry).up();
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> db.runner(registry).down());
      assertThat(failure.getMessage()).contains("hit 0 rows where it must hit one");
      assertThat(db.history()).containsExactly("001_a");
    }
  }

  @Test
  void h2_no_password_of_a_statement_reaches_a_message() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create user app password 'hunter2'"))
            .build();
    try (TestDatabase db = Kind.H2.open()) {
      db.execute("create user app password 'x'");
      assertThat(catchThrowable(() -> db.runner(registry).up()).getMessage())
          .doesNotContain("hunter2");
      assertThat(db.strings("select error from migrations_journal"))
          .noneMatch(error -> error.contains("hunter2"));
    }
  }

  @Test
  void per_run_a_commit_that_fails_names_one_that_ran() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.execute("create table p (id int primary key)");
                  h.execute("create table c (p int references p deferrable initially deferred)");
                })
            .add("002_b", NOTHING, h -> h.execute("insert into c values (7)"))
            .build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      Jdbi jdbi = Jdbi.create(db.url() + "?foreign_keys=on");
      MigrationRunner.create(jdbi, registry, db.options().build()).up();
      MigrationOptions perRun = db.options().transactions(TransactionMode.PER_RUN).build();
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class,
              () -> MigrationRunner.create(jdbi, registry, perRun).down(2));
      assertThat(failure.name()).isEqualTo("002_b"); // 001_a was skipped
    }
  }

  private static String failureOf(TestDatabase db, String sql) {
    MigrationRegistry registry =
        MigrationRegistry.builder().add("001_a", h -> h.execute(sql)).build();
    return catchThrowable(() -> db.runner(registry).up()).getMessage()
        + db.strings("select error from migrations_journal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table t alter column a type json using a::json",
        "alter table t alter column b type int using b::int",
        "insert into u select c from t",
        "insert into v select a from t"
      })
  void postgresql_no_data_in_a_message_about_data(String sql) {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.execute("create table t (a text, b text, c text)");
      db.execute("insert into t values ('{hunter2', 'a\"hunter2', 'x Hint: hunter2')");
      db.execute("create table u (c text unique)");
      db.execute("insert into u select c from t");
      db.execute("create view v as select * from u where c = 'x' with check option");
      assertThat(failureOf(db, sql)).doesNotContain("hunter2").contains("SQLState");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into d select str_to_date(a, '%Y') from t",
        "insert into p select a + 7654321 from n"
      })
  void mariadb_no_data_in_a_message_about_data(String sql) {
    try (TestDatabase db = Kind.MARIADB.open()) {
      db.execute("create table t (a text)");
      db.execute("insert into t values ('hunter2')");
      db.execute("create table d (a date)");
      db.execute("create table n (a int)");
      db.execute("insert into n values (0)");
      db.execute("create table p (a int) partition by list (a) (partition one values in (1))");
      assertThat(failureOf(db, sql)).doesNotContain("hunter2").doesNotContain("7654321");
    }
  }

  @Test
  void postgresql_an_index_that_is_still_invalid_is_not_complete() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_a").asNonTransactional().asRerunnable(),
                h -> h.execute("create unique index concurrently if not exists i on t (a)"))
            .build();
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.execute("create table t (a int)");
      db.execute("insert into t values (1), (1)");
      catchThrowable(() -> db.runner(registry).up()); // leaves i, invalid
      assertThat(catchThrowable(() -> db.runner(registry).up()))
          .hasMessageContaining("it has left an invalid index");
      assertThat(db.history()).isEmpty();
      db.execute("drop index i");
      db.execute("delete from t");
      db.runner(registry).up();
      assertThat(db.history()).containsExactly("001_a");
    }
  }

  @Test
  void postgresql_per_run_what_a_migration_has_committed_stays_executed() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (i int)"))
            .add(
                "002_b",
                h -> {
                  h.execute("create table b (i int)");
                  h.execute("commit");
                })
            .add("003_c", h -> h.execute("create table c (i int)"))
            .add(
                "004_d",
                h -> {
                  throw new IllegalStateException("no");
                })
            .build();
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      MigrationOptions perRun = db.options().transactions(TransactionMode.PER_RUN).build();
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class,
              () -> MigrationRunner.create(db.jdbi(), registry, perRun).up());
      assertThat(db.history()).containsExactly("001_a", "002_b");
      assertThat(db.hasTable("b")).isTrue();
      assertThat(db.hasTable("c")).isFalse();
      assertThat(failure.result().completed()).containsExactly("001_a", "002_b");
      assertThat(db.runner(registry).maintenance().diagnose().openAttempt()).isEmpty();
    }
  }

  @Test
  void postgresql_the_session_acts_for_the_user_it_was_lent_with() throws Exception {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.execute("grant all on all tables in schema public to pg_monitor");
                  h.execute("grant all on schema public to pg_monitor");
                  h.execute("set session authorization pg_monitor");
                  h.execute("set work_mem = '123MB'");
                })
            .build();
    try (TestDatabase db = Kind.POSTGRESQL.open();
        Connection lent = db.connect()) {
      Jdbi jdbi = Jdbi.create(lent);
      String ask = "select session_user || current_user || current_setting('work_mem')";
      String before = jdbi.withHandle(h -> h.createQuery(ask).mapTo(String.class).one());
      MigrationRunner.create(jdbi, registry, db.options().build()).up();
      String after = jdbi.withHandle(h -> h.createQuery(ask).mapTo(String.class).one());
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void mariadb_the_session_may_write_again() throws Exception {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.execute("set session transaction read only");
                  h.execute("set names utf8mb3");
                })
            .add("002_b", h -> h.execute("create table t (i int)"))
            .build();
    try (TestDatabase db = Kind.MARIADB.open();
        Connection lent = db.connect()) {
      Jdbi jdbi = Jdbi.create(lent);
      String ask = "select concat(@@tx_read_only, @@character_set_client, @@collation_connection)";
      String before = jdbi.withHandle(h -> h.createQuery(ask).mapTo(String.class).one());
      MigrationRunner.create(jdbi, registry, db.options().build()).up();
      String after = jdbi.withHandle(h -> h.createQuery(ask).mapTo(String.class).one());
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void postgresql_a_session_that_is_gone_is_told_as_ours() {
    MigrationRegistry registry = MigrationRegistry.builder().add("001_a", NOTHING).build();
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.runner(registry).setup();
      Jdbi jdbi =
          Jdbi.create(
              () -> {
                Connection real = DriverManager.getConnection(db.url());
                return (Connection)
                    Proxy.newProxyInstance(
                        HardCasesTest.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, args) -> {
                          if (method.getName().equals("setAutoCommit")) {
                            throw new SQLException("gone", "08006");
                          }
                          try {
                            return method.invoke(real, args);
                          } catch (InvocationTargetException e) {
                            throw e.getCause();
                          }
                        });
              });
      assertThat(
              catchThrowable(
                  () -> MigrationRunner.create(jdbi, registry, db.options().build()).up()))
          .isInstanceOf(HistoryException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void one_that_the_next_run_runs_again_is_waited_for(Kind kind) throws Exception {
    List<String> fails = new ArrayList<>(List.of("yes"));
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_a").asNonTransactional().asRerunnable(),
                new Flaky(fails, List.of()))
            .build();
    try (TestDatabase db = kind.open()) {
      catchThrowable(() -> db.runner(registry).up());
      fails.clear();
      MigrationListener running =
          new MigrationListener() {
            @Override
            public void waitingForLock(Duration waited, Optional<String> holder) {
              db.runner(registry).up();
            }
          };
      MigrationRunner waiting =
          MigrationRunner.create(db.jdbi(), registry, db.options().listener(running).build());
      assertThat(catchThrowable(() -> waiting.awaitCurrent(Duration.ofSeconds(20)))).isNull();
    }
  }
}
