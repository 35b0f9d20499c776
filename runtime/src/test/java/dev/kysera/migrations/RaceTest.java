package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kysera.migrations.TestDatabase.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs, readers and writers that get in between each other. */
class RaceTest {
  private static final JdbiMigration NOTHING = h -> {};

  private interface Hook {
    void before(String method, Object argument) throws Exception;
  }

  private static Jdbi hooked(TestDatabase db, Hook hook) {
    return Jdbi.create(
        () -> {
          Connection real = DriverManager.getConnection(db.url());
          return (Connection)
              Proxy.newProxyInstance(
                  HardCasesTest.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, args) -> {
                    hook.before(method.getName(), args == null || args.length == 0 ? "" : args[0]);
                    try {
                      return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
        });
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

  private interface Deed {
    void run() throws Exception;
  }

  private static MigrationListener whenWaiting(Deed deed) {
    return new MigrationListener() {
      @Override
      public void waitingForLock(Duration waited, Optional<String> holder) {
        try {
          deed.run();
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  @Test
  void sqlite_a_run_that_ends_while_another_looks_is_not_dead() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_a").asNonTransactional(),
                h -> {
                  begun.countDown();
                  end.await();
                })
            .build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      Thread first = new Thread(() -> db.runner(registry).up());
      first.start();
      begun.await();
      AtomicInteger reads = new AtomicInteger();
      Jdbi looker =
          hooked(
              db,
              (method, argument) -> {
                if (argument.toString().contains("UNION ALL")) {
                  reads.incrementAndGet();
                }
                if (method.equals("getAutoCommit") && reads.get() == 2) { // behind the second read
                  end.countDown();
                  first.join();
                }
              });
      assertThat(
              catchThrowable(
                  () -> MigrationRunner.create(looker, registry, db.options().build()).up()))
          .isNull();
    }
  }

  /** Two migrations that note which of their bodies has run. */
  private static MigrationRegistry noting(List<String> bodies) {
    return MigrationRegistry.builder()
        .add("001_a", h -> bodies.add("+1"), h -> bodies.add("-1"))
        .add("002_b", h -> bodies.add("+2"), h -> bodies.add("-2"))
        .build();
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void up_never_executes_002_without_001(Kind kind) {
    List<String> bodies = new ArrayList<>();
    MigrationRegistry registry = noting(bodies);
    try (TestDatabase db = kind.open()) {
      MigrationRunner other = MigrationRunner.create(Jdbi.create(db.url()), registry);
      MigrationListener between =
          new MigrationListener() {
            @Override
            public void beforeMigration(MigrationStep step) {
              if (step.name().equals("002_b")) {
                other.down();
              }
            }
          };
      catchThrowable(
          () ->
              MigrationRunner.create(db.jdbi(), registry, db.options().listener(between).build())
                  .up());
      assertThat(bodies).doesNotContainSubsequence("-1", "+2");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void up_never_executes_002_without_001_that_another_run_has_done_and_undone(Kind kind) {
    List<String> bodies = new ArrayList<>();
    MigrationRegistry registry = noting(bodies);
    try (TestDatabase db = kind.open()) {
      MigrationRunner other = MigrationRunner.create(Jdbi.create(db.url()), registry);
      MigrationListener between =
          new MigrationListener() {
            @Override
            public void beforeMigration(MigrationStep step) {
              if (step.name().equals("001_a")) {
                other.upTo("001_a");
              } else {
                other.down();
              }
            }
          };
      MigrationRunner runner =
          MigrationRunner.create(db.jdbi(), registry, db.options().listener(between).build());
      assertThat(catchThrowableOfType(ConcurrentChangeException.class, runner::up))
          .hasMessage(
              "Migration \"002_b\" was not executed: another run has rolled back \"001_a\" below"
                  + " it meanwhile. Steps before it stay done. Look at status() and decide again.");
      assertThat(bodies).containsExactly("+1", "-1");
      assertThat(db.history()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void baselines_at_once_all_succeed(Kind kind) throws Exception {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (int i = 1; i < 60; i++) {
      builder.add("%03d_a".formatted(i), NOTHING);
    }
    MigrationRegistry registry = builder.build();
    try (TestDatabase db = kind.open()) {
      db.runner(registry).setup();
      MigrationOptions options = db.options().lockTimeout(Duration.ofSeconds(3)).build();
      CyclicBarrier start = new CyclicBarrier(4);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Throwable>> ends = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ends.add(
            threads.submit(
                () -> {
                  start.await();
                  return catchThrowable(
                      () ->
                          MigrationRunner.create(db.jdbi(), registry, options)
                              .maintenance()
                              .baseline("059_a"));
                }));
      }
      threads.shutdown();
      List<Throwable> thrown = new ArrayList<>();
      for (Future<Throwable> end : ends) {
        thrown.add(end.get());
      }
      assertThat(thrown).containsOnlyNulls();
    }
  }

  @Test
  void sqlite_setup_waits_for_a_reader() throws Exception {
    MigrationRegistry registry = MigrationRegistry.builder().add("001_a", NOTHING).build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      db.execute("create table mine (id int)");
      db.execute("insert into mine values (1), (2)");
      try (Connection connection = DriverManager.getConnection(db.url());
          var statement = connection.createStatement()) {
        ResultSet reading = statement.executeQuery("select id from mine");
        reading.next();
        MigrationRunner runner =
            MigrationRunner.create(
                db.jdbi(), registry, db.options().listener(whenWaiting(reading::close)).build());
        assertThat(runner.up().completed()).containsExactly("001_a");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void two_downs_at_once_undo_only_what_they_planned(Kind kind) throws Exception {
    assumeFalse(kind.readersWaitForWriters(), "the second may read, and so plan, behind the first");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    List<String> undone = new ArrayList<>();
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", NOTHING, h -> undone.add("001"))
            .add(
                "002_b",
                NOTHING,
                h -> {
                  undone.add("002");
                  begun.countDown();
                  waiting.await();
                })
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(registry).up();
      Thread first = new Thread(() -> db.runner(registry).down());
      first.start();
      begun.await();
      MigrationRunner second =
          MigrationRunner.create(
              db.jdbi(), registry, db.options().listener(whenWaiting(waiting::countDown)).build());
      assertThat(catchThrowable(second::down)).isInstanceOf(ConcurrentChangeException.class);
      first.join();
      assertThat(undone).containsExactly("002");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_ended_session_is_not_lent_again(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_a").asNonTransactional(),
                h -> h.execute("drop table migrations_journal"))
            .build();
    try (TestDatabase db = kind.open()) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(db.url());
      config.setMaximumPoolSize(1);
      try (HikariDataSource pool = new HikariDataSource(config)) {
        Jdbi jdbi = Jdbi.create(pool);
        catchThrowable(() -> MigrationRunner.create(jdbi, registry, db.options().build()).up());
        assertThat(catchThrowable(() -> jdbi.useHandle(h -> h.execute("delete from migrations"))))
            .isNull();
      }
    }
  }

  @Test
  void sqlite_maintenance_waits_for_a_busy_database() throws Exception {
    MigrationRegistry registry = MigrationRegistry.builder().add("001_a", NOTHING).build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      db.runner(registry).setup();
      try (Connection connection = DriverManager.getConnection(db.url());
          var statement = connection.createStatement()) {
        statement.execute("begin exclusive");
        MigrationRunner runner =
            MigrationRunner.create(
                db.jdbi(),
                registry,
                db.options().listener(whenWaiting(() -> statement.execute("commit"))).build());
        assertThat(runner.maintenance().baseline("001_a").outcomes()).hasSize(1);
      }
    }
  }

  @Test
  void sqlite_a_reader_that_outlasts_the_commit_is_told_truly_and_in_time() throws Exception {
    MigrationRegistry registry =
        MigrationRegistry.builder().add("001_a", h -> h.execute("create table a (id int)")).build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      db.runner(registry).setup();
      db.execute("create table big (id int)");
      db.execute("insert into big values (1), (2), (3)");
      try (Connection connection = DriverManager.getConnection(db.url());
          var statement = connection.createStatement()) {
        ResultSet reading = statement.executeQuery("select id from big");
        reading.next();
        MigrationOptions options = db.options().lockTimeout(Duration.ofSeconds(1)).build();
        MigrationFailedException failure =
            catchThrowableOfType(
                MigrationFailedException.class,
                () -> MigrationRunner.create(db.jdbi(), registry, options).up());
        assertThat(failure.getMessage())
            .contains("Certain: nothing of it was committed, it is not executed.");
        reading.close();
      }
      assertThat(db.runner(registry).up().completed()).containsExactly("001_a");
    }
  }

  @Test
  void postgresql_a_commit_that_outlives_its_connection_is_told_as_it_ends() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("insert into slow values (1)"))
            .build();
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.runner(registry).setup();
      db.execute("create table slow (i int)");
      db.execute(
          "create function sleep() returns trigger language plpgsql as"
              + " $$ begin perform pg_sleep(2); return null; end $$");
      db.execute(
          "create constraint trigger sleep after insert on slow deferrable initially deferred"
              + " for each row execute function sleep()");
      Jdbi impatient = Jdbi.create(db.url() + "&socketTimeout=1");
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class,
              () -> MigrationRunner.create(impatient, registry, db.options().build()).up());
      assertThat(db.history()).containsExactly("001_a");
      assertThat(failure).hasMessageContaining("Certain: it is complete and recorded as executed.");
      assertThat(failure.result().completed()).containsExactly("001_a");
    }
  }

  @Test
  void postgresql_a_failed_run_does_not_wait_for_the_body_of_the_next() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    List<Boolean> toldInTime = new ArrayList<>();
    MigrationRegistry slow =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  begun.countDown();
                  toldInTime.add(told.await(10, TimeUnit.SECONDS));
                })
            .build();
    MigrationRegistry failing =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  throw new IllegalStateException("no");
                })
            .build();
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.runner(slow).setup();
      Thread next = new Thread(() -> db.runner(slow).up());
      Jdbi jdbi =
          hooked(
              db,
              (method, argument) -> {
                if (method.equals("isValid")) { // behind the rollback
                  next.start();
                  begun.await();
                }
              });
      Throwable thrown =
          catchThrowable(() -> MigrationRunner.create(jdbi, failing, db.options().build()).up());
      told.countDown();
      next.join();
      assertThat(thrown).isInstanceOf(MigrationFailedException.class);
      assertThat(toldInTime).containsExactly(true);
      assertThat(db.history()).containsExactly("001_a");
    }
  }
}
