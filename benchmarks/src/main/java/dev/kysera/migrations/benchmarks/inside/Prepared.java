package dev.kysera.migrations.benchmarks.inside;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/** A database in memory with executed and pending migrations, and a runner on it. */
final class Prepared implements AutoCloseable {

  private static final JdbiMigration BODY = handle -> {};

  private final Connection keepAlive;
  private final MigrationRunner runner;

  /**
   * Makes one.
   *
   * @param migrations how many there are
   * @param pending how many of them are not executed
   */
  Prepared(int migrations, int pending) throws SQLException {
    String url = "jdbc:h2:mem:inside" + migrations + "_" + pending;
    keepAlive = DriverManager.getConnection(url);
    MigrationOptions options = MigrationOptions.builder().logger(line -> {}).build();
    runner = MigrationRunner.create(Jdbi.create(url), registry(migrations), options);
    runner.setup();
    if (pending < migrations) {
      runner.upTo(name(migrations - pending));
    }
  }

  MigrationRunner runner() {
    return runner;
  }

  static MigrationRegistry registry(int migrations) {
    return MigrationRegistry.of(position -> BODY, definitions(migrations));
  }

  /** Returns new definitions, as generated code makes them. */
  static MigrationDefinition[] definitions(int migrations) {
    return IntStream.rangeClosed(1, migrations)
        .mapToObj(number -> MigrationDefinition.of(name(number)))
        .toArray(MigrationDefinition[]::new);
  }

  static String name(int number) {
    return "%05d_create_table".formatted(number);
  }

  @Override
  public void close() throws SQLException {
    keepAlive.close();
  }
}
