package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.TestDatabase.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code check}, {@code awaitCurrent}, and what {@code status} says of open attempts. */
class UpToDateTest {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
          .add("002_b", h -> h.execute("create table b (id int)"), h -> h.execute("drop table b"))
          .build();

  private static final String NEXT =
      "\nNothing was changed by this check. Next: what is pending is executed by up();"
          + " awaitCurrent(Duration) waits for a process that does so.";

  private static MigrationRegistry halfDone() {
    return MigrationRegistry.builder()
        .add("001_a", h -> {})
        .add(
            MigrationDefinition.of("002_half").asNonTransactional(),
            h -> {
              throw new IllegalStateException("boom");
            })
        .add("003_c", h -> {})
        .build();
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void check_lists_what_is_pending_and_writes_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner runner = db.runner(REGISTRY);
      assertThatThrownBy(runner::check)
          .isExactlyInstanceOf(MigrationException.class)
          .hasMessage(
              "The database is not what the code expects:\n- \"001_a\" is pending.\n- \"002_b\" is"
                  + " pending."
                  + NEXT);
      assertThat(db.hasTable("migrations")).isFalse();
      runner.up();
      db.takeLines();
      runner.check();
      runner.awaitCurrent(Duration.ZERO);
      assertThat(db.lines()).containsExactly("✅ The database is up to date");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void check_tells_what_does_not_fit_and_tolerates_what_is_newer(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(REGISTRY).up();
      MigrationRegistry renamed =
          MigrationRegistry.builder().add("001_A", h -> {}).add("003_c", h -> {}).build();
      String report =
          "The database is not what the code expects:\n- \"001_a\" is executed, and the code has"
              + " \"001_A\": they differ only in upper and lower case. Give the class the name that"
              + " is executed.\n- \"002_b\" is executed but not in the code. Restore its class, or,"
              + " if it is gone for good, delete its row from the history.\n- \"001_A\" is"
              + " pending.\n- \"003_c\" is pending."
              + NEXT;
      assertThatThrownBy(db.runner(renamed)::check)
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessage(report);
      assertThatThrownBy(() -> db.runner(renamed).awaitCurrent(Duration.ofHours(1)))
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessage(report);

      db.runner(MigrationRegistry.builder().add("001_a", h -> {}).build()).check();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_attempt_that_may_be_half_done_comes_first_everywhere(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner runner = db.runner(halfDone());
      catchThrowableOfType(MigrationFailedException.class, runner::up);
      String attempt = runner.maintenance().diagnose().openAttempt().orElseThrow();

      MigrationStatus status = runner.status();
      assertThat(status.openAttempts()).hasSize(1);
      assertThat(status.openAttempts().get(0))
          .matches("❌ Failed, may be half done: UP of 002_half by .*, attempt " + attempt);
      assertThat(status.toString()).startsWith(status.openAttempts().get(0) + "\n\n📊 Migration");
      assertThat(status.pending()).hasSize(2);

      String finding = runner.maintenance().diagnose().findings().get(0);
      assertThat(finding).startsWith("UP of migration \"002_half\" by ").contains(attempt);
      for (MigrationException e :
          List.of(
              catchThrowableOfType(InterruptedMigrationException.class, runner::check),
              catchThrowableOfType(
                  InterruptedMigrationException.class,
                  () -> runner.awaitCurrent(Duration.ofHours(1))))) {
        assertThat(((InterruptedMigrationException) e).attempt()).isEqualTo(attempt);
        assertThat(e)
            .hasMessage(
                "The database is not what the code expects:\n- "
                    + finding
                    + "\n- \"002_half\" is pending.\n- \"003_c\" is pending."
                    + NEXT);
      }
    }
  }

  @Test
  void an_attempt_of_a_dead_owner_that_committed_nothing_is_no_lock() {
    try (TestDatabase db = Kind.H2.open()) {
      MigrationRunner runner = db.runner(halfDone());
      catchThrowableOfType(MigrationFailedException.class, runner::up);
      db.execute(
          "update migrations_journal set state = 'STARTED', phase = 'CLEAN', session_ref = '0'"
              + " where open_slot = 1");

      MigrationException pending =
          catchThrowableOfType(MigrationException.class, () -> runner.awaitCurrent(Duration.ZERO));

      assertThat(pending)
          .isExactlyInstanceOf(MigrationException.class)
          .hasMessageContaining("was interrupted before it committed anything")
          .hasMessageContaining("\"003_c\" is pending.");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void awaitCurrent_waits_for_a_run_elsewhere_and_tells_of_it(Kind kind) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    MigrationRegistry slow =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_slow").asNonTransactional(),
                h -> {
                  inside.countDown();
                  release.await();
                })
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(slow).setup();
      ExecutorService other = Executors.newFixedThreadPool(2);
      Future<MigrationResult> run = other.submit(() -> db.runner(slow).up());
      inside.await();
      MigrationStatus status = db.runner(slow).status();
      assertThat(status.openAttempts()).hasSize(1);
      assertThat(status.openAttempts().get(0)).startsWith("▶ Running: UP of 001_slow by ");
      MigrationLockException busy =
          catchThrowableOfType(
              MigrationLockException.class, () -> db.runner(slow).awaitCurrent(Duration.ZERO));
      assertThat(busy.holder().orElseThrow()).contains("/pool-");
      assertThat(busy.getMessage())
          .startsWith("The database did not become what the code expects within 0.0 s:\n- UP of")
          .contains("\"001_slow\" is running (");
      assertThatThrownBy(db.runner(slow)::check).isInstanceOf(MigrationLockException.class);

      CountDownLatch waits = new CountDownLatch(1);
      MigrationListener listener =
          new MigrationListener() {
            @Override
            public void waitingForLock(Duration waited, Optional<String> holder) {
              waits.countDown();
            }
          };
      Future<?> waiting =
          other.submit(
              () ->
                  MigrationRunner.create(db.jdbi(), slow, db.options().listener(listener).build())
                      .awaitCurrent(Duration.ofMinutes(1)));
      waits.await();
      release.countDown();
      waiting.get();
      assertThat(run.get().completed()).containsExactly("001_slow");
      other.shutdown();
    }
  }

  @Test
  void awaitCurrent_tells_what_it_waits_for_when_nobody_has_begun() throws Exception {
    try (TestDatabase db = Kind.H2.open()) {
      CountDownLatch waits = new CountDownLatch(1);
      MigrationListener listener =
          new MigrationListener() {
            @Override
            public void waitingForLock(Duration waited, Optional<String> holder) {
              waits.countDown();
            }
          };
      MigrationRunner waiter =
          MigrationRunner.create(db.jdbi(), REGISTRY, db.options().listener(listener).build());
      ExecutorService other = Executors.newSingleThreadExecutor();
      Future<?> waiting = other.submit(() -> waiter.awaitCurrent(Duration.ofMinutes(1)));
      waits.await();

      assertThat(db.takeLines().get(0))
          .matches("⏳ Waiting until 2 pending migrations are executed, \\d+ s so far");
      MigrationRunner.create(db.jdbi(), REGISTRY).up();
      waiting.get();
      other.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void awaitCurrent_gives_up_in_time(Kind kind) {
    try (TestDatabase db = kind.open()) {
      assertThatThrownBy(() -> db.runner(REGISTRY).awaitCurrent(Duration.ofMillis(50)))
          .isExactlyInstanceOf(MigrationException.class)
          .hasMessage(
              "The database did not become what the code expects within 0.05 s:\n- \"001_a\" is"
                  + " pending.\n- \"002_b\" is pending."
                  + NEXT);
      assertThatThrownBy(() -> db.runner(REGISTRY).awaitCurrent(Duration.ofMillis(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("awaitCurrent needs a time of zero or more; found PT-0.001S.");
    }
  }
}
