package dev.kysera.migrations.benchmarks.inside;

import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationStatus;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What asking costs at 10,000 migrations, with most executed or none. */
@State(Scope.Benchmark)
public class PendingBenchmark {

  static final int MIGRATIONS = 10_000;

  /** How many are not executed. */
  @Param({"10", "10000"})
  public int pending;

  private Prepared prepared;

  /** Makes the database. */
  @Setup
  public void prepare() throws SQLException {
    prepared = new Prepared(MIGRATIONS, pending);
  }

  /** Gives the database up. */
  @TearDown
  public void close() throws SQLException {
    prepared.close();
  }

  /** Compares the history with the code. */
  @Benchmark
  public MigrationStatus status() {
    return prepared.runner().status();
  }

  /** Plans what {@code up} would do. */
  @Benchmark
  public MigrationPlan plan() {
    return prepared.runner().plan();
  }
}
