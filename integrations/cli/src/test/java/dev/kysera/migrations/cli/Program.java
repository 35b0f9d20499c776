package dev.kysera.migrations.cli;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** An application with a command line. Its second migration waits for a line on standard input. */
final class Program {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add(
              "001_quick",
              h -> h.execute("create table a (id int)"),
              h -> h.execute("drop table a"))
          .add(
              MigrationDefinition.of("002_waits_for_a_line")
                  .withDescription("Nothing but waiting")
                  .withEstimated(Duration.ofSeconds(90)),
              new WaitsForALine())
          .build();

  private static final class WaitsForALine implements JdbiMigration {
    @Override
    public void up(Handle handle) throws Exception {
      if (System.getenv("PRINTS") != null) {
        System.out.println("The application prints.");
      }
      int read = System.in.read();
      while (read != '\n' && read != -1) {
        read = System.in.read();
      }
    }

    @Override
    public void down(Handle handle) {}
  }

  private Program() {}

  public static void main(String[] args) {
    MigrationsCli.main(args, (jdbi, options) -> MigrationRunner.create(jdbi, REGISTRY, options));
  }
}
