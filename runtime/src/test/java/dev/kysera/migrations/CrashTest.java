package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kysera.migrations.FaultyJdbc.Fault;
import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Strikes before and after every single JDBC call of a run, up and down, and checks the database
 * each time: before the next run, and after it. {@code -Dkysera.trials.all=true} leaves none out.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {

  private static final int SERVER_STRIDE = 5;
  private static final int SLOW_STRIDE = 7;

  static Stream<Arguments> trials() {
    List<Arguments> trials = new ArrayList<>();
    for (Kind kind : Kind.matrix()) {
      for (Direction direction : Direction.values()) {
        for (Fault fault : List.of(Fault.KILL, Fault.LOSE, Fault.REFUSE)) {
          trials.add(Arguments.of(kind, direction, fault));
        }
      }
    }
    return trials.stream();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void after_a_fault_at_any_call_the_tables_tell_the_truth(
      Kind kind, Direction direction, Fault fault) throws Exception {
    int calls = strike(kind, direction, fault, 0, true);
    assertThat(calls).isGreaterThan(50);
    int stride = stride(kind, fault);
    for (int call = 1; call <= calls; call += stride) {
      strike(kind, direction, fault, call, true);
      if (fault == Fault.REFUSE) {
        // For a process or a connection that is gone, behind a call is before the next one.
        strike(kind, direction, fault, call + stride / 2, false);
      }
    }
  }

  /**
   * A server takes ten times as long for a trial: it sees the gravest fault at every call. Derby
   * and DuckDB take as long to make a database.
   */
  private static int stride(Kind kind, Fault fault) {
    if (Boolean.getBoolean("kysera.trials.all")) {
      return 1;
    }
    if (kind == Kind.DERBY || kind == Kind.DUCKDB) {
      return SLOW_STRIDE;
    }
    return kind.isServer() && fault != Fault.KILL ? SERVER_STRIDE : 1;
  }

  /**
   * A pool keeps the session of a run that has gone wrong alive. If an attempt is left that names
   * it, everybody else would take it for one at work.
   */
  @Test
  void after_a_refusal_under_a_pool_nobody_waits_for_a_run_that_is_over() {
    int calls = refuseUnderPool(0, true);
    for (int call = 1; call <= calls; call++) {
      refuseUnderPool(call, true);
      refuseUnderPool(call, false);
    }
  }

  private static int refuseUnderPool(int call, boolean before) {
    HikariConfig config = new HikariConfig();
    config.setMaximumPoolSize(1);
    try (TestDatabase db = Kind.H2.open()) {
      config.setJdbcUrl(db.url());
      try (HikariDataSource pool = new HikariDataSource(config)) {
        FaultyJdbc faulty = new FaultyJdbc(pool::getConnection, Fault.REFUSE, call, before);
        String said = "";
        try {
          MigrationRunner.create(Jdbi.create(faulty), CrashScenario.REGISTRY, CrashScenario.quick())
              .up();
        } catch (RuntimeException e) {
          said = e.toString();
        }
        try {
          CrashScenario.assertTruthful(db);
          CrashScenario.assertNextRunIsRight(db, Direction.UP);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(
              "%s call %d; the run said: %s".formatted(before ? "before" : "after", call, said), e);
        }
        return faulty.calls();
      }
    }
  }

  /** Runs once with a fault at that call, and returns how many calls were made. */
  private static int strike(Kind kind, Direction direction, Fault fault, int call, boolean before)
      throws Exception {
    try (TestDatabase db = kind.open()) {
      if (direction == Direction.DOWN) {
        MigrationRunner.create(db.jdbi(), CrashScenario.REGISTRY, CrashScenario.quick()).up();
      }
      FaultyJdbc faulty =
          new FaultyJdbc(() -> DriverManager.getConnection(db.url()), fault, call, before);
      MigrationRunner runner =
          MigrationRunner.create(
              Jdbi.create(faulty), CrashScenario.REGISTRY, CrashScenario.quick());
      String said = "";
      try {
        if (direction == Direction.UP) {
          runner.up();
        } else {
          runner.reset();
        }
      } catch (MigrationFailedException e) {
        said = e.getMessage();
        if (said.contains("nothing of it was committed") || said.contains("it was not begun")) {
          assertThat(CrashScenario.effect(db, e.name()))
              .as(said)
              .isEqualTo(
                  direction == Direction.UP
                      ? CrashScenario.Effect.NONE
                      : CrashScenario.Effect.COMPLETE);
        }
      } catch (RuntimeException e) {
        said = e.toString();
      }
      try {
        CrashScenario.assertTruthful(db);
        CrashScenario.assertNextRunIsRight(db, direction);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "%s %s %s %s call %d; the run said: %s"
                .formatted(kind, direction, fault, before ? "before" : "after", call, said),
            e);
      }
      return faulty.calls();
    }
  }
}
