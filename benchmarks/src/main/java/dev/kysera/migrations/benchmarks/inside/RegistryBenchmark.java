package dev.kysera.migrations.benchmarks.inside;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a registry of 10,000 costs, its definitions included. */
@State(Scope.Benchmark)
public class RegistryBenchmark {

  static final int MIGRATIONS = 10_000;

  private static final JdbiMigration BODY = handle -> {};

  /** As generated code makes it. */
  @Benchmark
  public MigrationRegistry generated() {
    return Prepared.registry(MIGRATIONS);
  }

  /** As it is made by hand. */
  @Benchmark
  public MigrationRegistry builder() {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (int number = 1; number <= MIGRATIONS; number++) {
      builder.add(Prepared.name(number), BODY);
    }
    return builder.build();
  }
}
