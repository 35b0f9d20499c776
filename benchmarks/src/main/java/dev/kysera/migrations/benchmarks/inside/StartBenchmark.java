package dev.kysera.migrations.benchmarks.inside;

import dev.kysera.migrations.MigrationResult;
import java.sql.SQLException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a start costs with nothing pending, and the reading of the history in it. */
@State(Scope.Benchmark)
public class StartBenchmark {

  /** How many are executed. */
  @Param({"1000", "10000"})
  public int migrations;

  private Prepared prepared;

  /** Executes them all. */
  @Setup
  public void prepare() throws SQLException {
    prepared = new Prepared(migrations, 0);
  }

  /** Gives the database up. */
  @TearDown
  public void close() throws SQLException {
    prepared.close();
  }

  /** Reads what is executed. */
  @Benchmark
  public List<String> history() {
    return prepared.runner().executedMigrations();
  }

  /** Starts. */
  @Benchmark
  public MigrationResult up() {
    return prepared.runner().up();
  }
}
