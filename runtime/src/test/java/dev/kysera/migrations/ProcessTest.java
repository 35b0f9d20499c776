package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kysera.migrations.FaultyJdbc.Fault;
import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real processes: some halt in the middle of a run, some are killed, some start together. {@link
 * CrashTest} strikes at every call; {@code -Dkysera.halts=1000} halts a process at every call too,
 * and {@code -Dkysera.kills=N} sets how many are killed on each database.
 */
@Isolated("its processes are many")
class ProcessTest {

  private static final int HALTS = Integer.getInteger("kysera.halts", 10);
  private static final int KILLS = Integer.getInteger("kysera.kills", 40);
  private static final long SEED = Long.getLong("kysera.seed", new Random().nextLong());

  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final int LONGEST_LIFE_MILLIS = 400;

  static Stream<Arguments> halts() {
    return Kind.matrix().stream()
        .flatMap(kind -> Arrays.stream(Direction.values()).map(d -> Arguments.of(kind, d)));
  }

  @ParameterizedTest
  @MethodSource("halts")
  void after_a_process_has_halted_the_next_one_is_right(Kind kind, Direction direction)
      throws Exception {
    assumeTrue(kind.opensInAnotherProcess(), kind + " stays open in this process");
    int calls = calls(kind, direction);
    int stride = Math.max(1, calls / HALTS);
    for (int call = 1; call <= calls; call += stride) {
      try (TestDatabase db = kind.openFile()) {
        if (direction == Direction.DOWN) {
          db.runner(CrashScenario.REGISTRY).up();
        }
        try (ChildJvm child = ChildJvm.start(db.url(), call, SHORT)) {
          child.awaitReady();
          child.tell(direction == Direction.UP ? ChildProgram.UP : ChildProgram.RESET);
          assertThat(child.exit()).as("exit after call " + call).isEqualTo(9);
        }
        CrashScenario.assertTruthful(db);
        CrashScenario.assertNextRunIsRight(db, direction);
      }
    }
  }

  /** Counts the JDBC calls of a run that nothing disturbs. */
  private static int calls(Kind kind, Direction direction) {
    try (TestDatabase db = kind.open()) {
      if (direction == Direction.DOWN) {
        db.runner(CrashScenario.REGISTRY).up();
      }
      FaultyJdbc counting =
          new FaultyJdbc(() -> DriverManager.getConnection(db.url()), Fault.HALT, 0, true);
      MigrationRunner runner =
          MigrationRunner.create(Jdbi.create(counting), CrashScenario.REGISTRY);
      if (direction == Direction.UP) {
        runner.up();
      } else {
        runner.reset();
      }
      return counting.calls();
    }
  }

  /** Up to three processes go up and down all the time; some are killed, others see it through. */
  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void after_processes_were_killed_at_any_time_the_tables_tell_the_truth(Kind kind)
      throws Exception {
    assumeTrue(kind.opensInAnotherProcess(), kind + " stays open in this process");
    Random random = new Random(SEED);
    for (int trial = 1; trial <= KILLS; trial++) {
      // The process that has an H2 file open serves the others; without it they fail too.
      boolean alone = kind == Kind.H2 || !kind.opensInManyProcesses();
      int victims = alone ? 1 : 1 + random.nextInt(2);
      boolean survivor = !alone && random.nextBoolean();
      try (TestDatabase db = kind.openFile()) {
        List<ChildJvm> children = new ArrayList<>();
        try {
          for (int i = 0; i < victims + (survivor ? 1 : 0); i++) {
            children.add(ChildJvm.start(db.url(), 0, SHORT));
          }
          for (ChildJvm child : children) {
            child.awaitReady();
          }
          for (int i = 0; i < children.size(); i++) {
            children.get(i).tell(i < victims ? ChildProgram.LOOP : ChildProgram.UP);
          }
          for (ChildJvm victim : children.subList(0, victims)) {
            victim.killAfter(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
          }
          if (survivor) {
            assertThat(children.get(victims).answer())
                .matches(
                    "[a-z0-9_,]*|(InterruptedMigration|MigrationLock|ConcurrentChange)Exception:.*");
          }
        } finally {
          for (ChildJvm child : children) {
            child.close();
            child.exit();
          }
        }
        CrashScenario.assertTruthful(db);
        CrashScenario.assertNextRunIsRight(db, Direction.UP);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("%s, trial %d, -Dkysera.seed=%d".formatted(kind, trial, SEED), e);
      }
    }
  }

  static Stream<Arguments> crowds() {
    return Kind.matrix().stream()
        .flatMap(kind -> Stream.of(2, 8, 32).map(count -> Arguments.of(kind, count)));
  }

  /** On an empty database, with one pending, with none pending. */
  @ParameterizedTest
  @MethodSource("crowds")
  void processes_that_start_together_execute_each_migration_once(Kind kind, int count)
      throws Exception {
    assumeTrue(kind.opensInManyProcesses(), "one process at a time opens an embedded " + kind);
    try (TestDatabase db = kind.openShared()) {
      List<ChildJvm> children = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          children.add(ChildJvm.start(db.url()));
        }
        for (ChildJvm child : children) {
          child.awaitReady();
        }
        assertThat(completedByAll(children))
            .containsExactlyInAnyOrder(
                "001_ddl", "002_dml", "003_mixed", "004_outside", "005_last");
        MigrationRunner.create(Jdbi.create(db::connect), CrashScenario.REGISTRY).down();
        assertThat(completedByAll(children)).containsExactly("005_last");
        assertThat(completedByAll(children)).isEmpty();
      } finally {
        for (ChildJvm child : children) {
          child.close();
          child.exit();
        }
      }
      assertThat(db.history()).hasSize(5);
      CrashScenario.assertTruthful(db);
    }
  }

  private static List<String> completedByAll(List<ChildJvm> children) throws Exception {
    for (ChildJvm child : children) {
      child.tell(ChildProgram.UP);
    }
    List<String> completed = new ArrayList<>();
    for (ChildJvm child : children) {
      String answer = child.answer();
      if (!answer.isEmpty()) {
        completed.addAll(List.of(answer.split(",")));
      }
    }
    return completed;
  }
}
