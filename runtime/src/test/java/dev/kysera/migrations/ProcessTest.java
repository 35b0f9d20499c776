package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.FaultyJdbc.Fault;
import dev.kysera.migrations.TestDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real processes: some halt in the middle of a run, some start together. {@link CrashTest} strikes
 * at every call; these are fewer trials of the real thing, and {@code -Dkysera.halts=1000} makes
 * them all.
 */
class ProcessTest {

  private static final int HALTS = Integer.getInteger("kysera.halts", 10);

  @ParameterizedTest
  @CsvSource({"H2,UP", "H2,DOWN", "SQLITE,UP", "SQLITE,DOWN"})
  void after_a_process_has_halted_the_next_one_is_right(
      Kind kind, Direction direction, @TempDir Path folder) throws Exception {
    int calls = calls(kind, direction);
    int stride = Math.max(1, calls / HALTS);
    for (int call = 1; call <= calls; call += stride) {
      try (TestDatabase db = kind.openFile()) {
        if (direction == Direction.DOWN) {
          db.runner(CrashScenario.REGISTRY).up();
        }
        Path output = folder.resolve("output");
        int exit = ChildProgram.exitOf(ChildProgram.start(db.url(), direction, call, output));

        assertThat(exit).as(Files.readString(output)).isEqualTo(9);
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

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void processes_that_start_together_execute_each_migration_once(Kind kind, @TempDir Path folder)
      throws Exception {
    try (TestDatabase db = kind.openShared()) {
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        processes.add(ChildProgram.start(db.url(), Direction.UP, 0, folder.resolve("output" + i)));
      }
      List<String> completed = new ArrayList<>();
      for (int i = 0; i < processes.size(); i++) {
        int exit = ChildProgram.exitOf(processes.get(i));
        String output = Files.readString(folder.resolve("output" + i)).strip();
        assertThat(exit).as(output).isZero();
        if (!output.isEmpty()) {
          completed.addAll(List.of(output.split(",")));
        }
      }

      assertThat(completed).hasSize(5).doesNotHaveDuplicates();
      assertThat(db.history()).hasSize(5);
      CrashScenario.assertTruthful(db);
    }
  }
}
