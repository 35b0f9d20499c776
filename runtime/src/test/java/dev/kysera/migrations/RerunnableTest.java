package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.TestDatabase.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Migrations whose author says that they may be run again half done. */
class RerunnableTest {

  private static MigrationRegistry halfDone() {
    return MigrationRegistry.builder()
        .add("001_a", h -> {})
        .add(
            MigrationDefinition.of("002_half").asNonTransactional().asRerunnable(),
            h -> {
              throw new IllegalStateException("boom");
            })
        .add("003_c", h -> {})
        .build();
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void what_is_rerunnable_is_run_again_by_the_next_up(Kind kind) {
    MigrationRegistry mended =
        MigrationRegistry.builder()
            .add("001_a", h -> {})
            .add(
                MigrationDefinition.of("002_half").asNonTransactional().asRerunnable(),
                h -> h.execute("create table half (id int)"))
            .add("003_c", h -> {})
            .build();
    try (TestDatabase db = kind.open()) {
      MigrationRunner runner = db.runner(halfDone());
      for (int i = 0; i < 2; i++) {
        MigrationFailedException failure =
            catchThrowableOfType(MigrationFailedException.class, runner::up);
        assertThat(failure.name()).isEqualTo("002_half");
        assertThat(failure.getMessage())
            .endsWith("\nNext: mend the migration and run up() again: it is rerunnable.");
      }
      assertThat(runner.maintenance().diagnose().findings())
          .singleElement()
          .asString()
          .matches(
              "UP of migration \"002_half\" by .* was interrupted and may be half done. It is"
                  + " rerunnable: the next up\\(\\) runs it again by itself\\.");

      assertThat(db.runner(mended).plan().steps()).hasSize(2);
      assertThat(db.runner(mended).up().completed()).containsExactly("002_half", "003_c");
      assertThat(db.history()).containsExactly("001_a", "002_half", "003_c");
      assertThat(db.journal())
          .containsExactly(
              "001_a UP EXECUTED",
              "002_half UP ABORTED",
              "002_half UP ABORTED",
              "002_half UP EXECUTED",
              "003_c UP EXECUTED");
      assertThat(runner.maintenance().diagnose().findings()).isEmpty();
    }
  }

  /** Going down, or up to something else first, would lose the trace of what is half done. */
  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void another_step_does_not_take_the_place_of_what_is_half_done(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner runner = db.runner(halfDone());
      catchThrowableOfType(MigrationFailedException.class, runner::up);
      for (ThrowingCallable verb :
          List.<ThrowingCallable>of(
              runner::down, runner::reset, () -> runner.maintenance().baseline("003_c"))) {
        assertThatThrownBy(verb).isInstanceOf(InterruptedMigrationException.class);
      }
      assertThat(db.history()).containsExactly("001_a");
      assertThat(db.journal()).containsExactly("001_a UP EXECUTED", "002_half UP FAILED");
    }
  }

  /** What an earlier attempt has left is not forgotten because a later one never began. */
  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_second_attempt_that_does_not_begin_keeps_the_trace_of_the_first(Kind kind) {
    try (TestDatabase db = kind.open()) {
      catchThrowableOfType(MigrationFailedException.class, () -> db.runner(halfDone()).up());
      MigrationRegistry broken =
          MigrationRegistry.of(
              position -> {
                throw new IllegalStateException("no configuration");
              },
              MigrationDefinition.of("001_a").asIrreversible(),
              MigrationDefinition.of("002_half").asNonTransactional().asRerunnable());
      catchThrowableOfType(MigrationFailedException.class, () -> db.runner(broken).up());

      assertThat(db.strings("select name from migrations_journal where open_slot = 1"))
          .containsExactly("002_half");
      assertThat(db.strings("select phase from migrations_journal where open_slot = 1"))
          .containsExactly("DIRTY");
    }
  }

  /** Both see it left half done; one runs it again, the other finds it done. */
  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void two_runs_at_once_run_it_again_once(Kind kind) throws Exception {
    AtomicInteger runs = new AtomicInteger();
    MigrationRegistry mended =
        MigrationRegistry.builder()
            .add("001_a", h -> {})
            .add(
                MigrationDefinition.of("002_half").asNonTransactional().asRerunnable(),
                h -> runs.incrementAndGet())
            .add("003_c", h -> {})
            .build();
    for (int trial = 0; trial < 5; trial++) {
      runs.set(0);
      try (TestDatabase db = kind.open()) {
        catchThrowableOfType(MigrationFailedException.class, () -> db.runner(halfDone()).up());
        ExecutorService runners = Executors.newFixedThreadPool(4);
        CyclicBarrier start = new CyclicBarrier(4);
        List<Future<MigrationResult>> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          results.add(
              runners.submit(
                  () -> {
                    start.await();
                    return db.runner(mended).up();
                  }));
        }
        for (Future<MigrationResult> result : results) {
          result.get();
        }
        runners.shutdown();
        assertThat(runs).hasValue(1);
        assertThat(db.history()).containsExactly("001_a", "002_half", "003_c");
      }
    }
  }
}
