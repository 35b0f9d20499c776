package app.db;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Prints when it is asked for something. */
public final class Program implements Migrations.Dependencies {

  private Program() {}

  public static void main(String... arguments) {
    Jdbi jdbi = Jdbi.create(arguments[0]);
    try (Handle keepsTheDatabase = jdbi.open()) {
      MigrationRunner runner =
          Migrations.runner(
              Jdbi.create(keepsTheDatabase.getConnection()),
              MigrationOptions.builder().logger(line -> {}).build(),
              new Program());
      System.out.println("status");
      runner.status();
      System.out.println("plan");
      runner.plan();
      runner.up();
    }
  }

  @Override
  public Clock clock() {
    System.out.println("clock");
    return Clock.systemUTC();
  }

  @Override
  public String schemaName() {
    System.out.println("schemaName");
    return "sales";
  }

  @Override
  public List<Integer> limits() {
    System.out.println("limits");
    return List.of(3, 4);
  }
}
