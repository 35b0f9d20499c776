package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.TestDatabase.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several runners on one database at the same time. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConcurrencyTest {

  private static final int RUNNERS = 8;

  @ParameterizedTest
  @CsvSource({"H2,true", "H2,false", "SQLITE,true", "SQLITE,false"})
  void runners_that_start_together_execute_each_migration_once(Kind kind, boolean transactional)
      throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (int i = 1; i <= 10; i++) {
      String table = "t" + i;
      MigrationDefinition definition = MigrationDefinition.of("%03d_%s".formatted(i, table));
      builder.add(
          transactional ? definition : definition.asNonTransactional(),
          h -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            h.execute("create table " + table + " (id int)");
            h.execute("insert into " + table + " values (1)");
            running.decrementAndGet();
          });
    }
    MigrationRegistry registry = builder.build();
    try (TestDatabase db = kind.open()) {
      List<MigrationResult> results = together(RUNNERS, () -> db.runner(registry).up());

      assertThat(results)
          .flatExtracting(MigrationResult::completed)
          .hasSize(10)
          .doesNotHaveDuplicates();
      assertThat(most).hasValue(1);
      assertThat(db.history()).hasSize(10);
      for (int i = 1; i <= 10; i++) {
        assertThat(db.strings("select id from t" + i)).containsExactly("1");
      }
      assertThat(db.strings("select seq from migrations_journal where state = 'EXECUTED'"))
          .hasSize(10)
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void runners_that_go_down_together_undo_each_migration_once(Kind kind) throws Exception {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
            .add("002_b", h -> h.execute("create table b (id int)"), h -> h.execute("drop table b"))
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(registry).up();

      List<String> ends =
          together(
              4,
              () -> {
                try {
                  return db.runner(registry).reset().completed().toString();
                } catch (ConcurrentChangeException e) {
                  return "changed";
                }
              });

      // Whoever is overtaken stops and says so; whoever comes late finds less to do, or nothing.
      assertThat(ends)
          .allMatch(end -> List.of("[002_b, 001_a]", "[001_a]", "[]", "changed").contains(end));
      assertThat(db.history()).isEmpty();
      assertThat(db.strings("select name from migrations_journal where state = 'REVERTED'"))
          .containsExactlyInAnyOrder("001_a", "002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_runner_that_cannot_wait_says_who_is_in_the_way(Kind kind) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_slow",
                h -> {
                  inside.countDown();
                  release.await();
                })
            .build();
    try (TestDatabase db = kind.open()) {
      ExecutorService other = Executors.newSingleThreadExecutor();
      Future<MigrationResult> slow = other.submit(() -> db.runner(registry).up());
      inside.await();
      MigrationRunner impatient =
          MigrationRunner.create(
              db.jdbi(), registry, db.options().lockTimeout(Duration.ZERO).build());

      if (kind.readersWaitForWriters()) {
        assertThatThrownBy(impatient::up)
            .isInstanceOf(HistoryException.class)
            .hasMessageContaining("Another session holds a lock");
      } else {
        assertThatThrownBy(impatient::up)
            .isInstanceOfSatisfying(
                MigrationLockException.class,
                e -> {
                  if (kind != Kind.SQLITE) {
                    assertThat(e.holder().orElseThrow())
                        .containsPattern(
                            kind == Kind.POSTGRESQL
                                ? "^pid [0-9]+, PostgreSQL JDBC Driver, .*, idle in transaction$"
                                : "/pool-");
                    assertThat(e.getMessage())
                        .isEqualTo(
                            "Migration \"001_slow\" did not run: another run (%s) held the lock for longer than lockTimeout (0.0 s). Nothing of it was changed. Wait for the other run to end, or raise lockTimeout."
                                .formatted(e.holder().orElseThrow()));
                  } else {
                    assertThat(e.getMessage())
                        .isEqualTo(
                            "Migration \"001_slow\" did not run: another run or another writer held the lock for longer than lockTimeout (0.0 s). Nothing of it was changed. Wait for the other run to end, or raise lockTimeout.");
                  }
                });
      }

      release.countDown();
      assertThat(slow.get().completed()).containsExactly("001_slow");
      assertThat(impatient.up().outcomes()).isEmpty();
      other.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_runner_that_waits_tells_its_listeners_and_goes_on(Kind kind) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch noticed = new CountDownLatch(1);
    List<Optional<String>> holders = new ArrayList<>();
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_slow",
                h -> {
                  inside.countDown();
                  noticed.await();
                })
            .add("002_b", h -> {})
            .build();
    try (TestDatabase db = kind.open()) {
      ExecutorService other = Executors.newSingleThreadExecutor();
      Future<MigrationResult> slow = other.submit(() -> db.runner(registry).up());
      inside.await();
      MigrationListener listener =
          new MigrationListener() {
            @Override
            public void waitingForLock(Duration waited, Optional<String> holder) {
              holders.add(holder);
              noticed.countDown();
            }
          };
      MigrationResult result =
          MigrationRunner.create(db.jdbi(), registry, db.options().listener(listener).build()).up();

      List<String> completed = new ArrayList<>(slow.get().completed());
      completed.addAll(result.completed());
      assertThat(completed).containsExactlyInAnyOrder("001_slow", "002_b");
      assertThat(holders).hasSize(1);
      assertThat(db.lines()).anyMatch(line -> line.startsWith("⏳ Waiting for another run"));
      other.shutdown();
    }
  }

  @Test
  void an_owner_that_ends_while_a_waiter_looks_at_it_is_not_called_interrupted() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_slow",
                h -> {
                  h.execute("create table slow (id int)");
                  inside.countDown();
                  release.await();
                })
            .build();
    try (TestDatabase db = Kind.H2.open()) {
      ExecutorService other = Executors.newSingleThreadExecutor();
      Future<MigrationResult> owner = other.submit(() -> db.runner(registry).up());
      inside.await();
      // The owner commits and closes its session between the waiter's two looks: at the open
      // attempt, and at the sessions.
      Jdbi waiter =
          Jdbi.create(
              () ->
                  before(
                      db.connect(),
                      "INFORMATION_SCHEMA.SESSIONS S",
                      () -> {
                        release.countDown();
                        owner.get();
                      }));

      assertThat(MigrationRunner.create(waiter, registry, db.options().build()).up().outcomes())
          .isEmpty();
      assertThat(owner.get().completed()).containsExactly("001_slow");
      other.shutdown();
    }
  }

  private interface Deed {
    void run() throws Exception;
  }

  /** Wraps a connection so that something happens before a certain statement. */
  private static Connection before(Connection connection, String part, Deed deed) {
    return (Connection)
        Proxy.newProxyInstance(
            ConcurrencyTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (arguments != null && String.valueOf(arguments[0]).contains(part)) {
                deed.run();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Does the same on several threads at once. */
  private static <T> List<T> together(int count, Callable<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CyclicBarrier start = new CyclicBarrier(count);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return work.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
