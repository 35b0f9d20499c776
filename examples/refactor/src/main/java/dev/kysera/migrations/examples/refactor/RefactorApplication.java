package dev.kysera.migrations.examples.refactor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.InterruptedMigrationException;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.Resolution;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/** Lets a migration fail in the middle, on a database that rolls it back and on one that cannot. */
public final class RefactorApplication {

  private RefactorApplication() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    Path file = Files.createTempFile("refactor", ".db");
    try {
      out.println("SQLite");
      run(Jdbi.create("jdbc:sqlite:" + file), out);
    } finally {
      Files.delete(file);
    }
    out.println();
    out.println("H2");
    run(Jdbi.create("jdbc:h2:mem:refactor;DB_CLOSE_DELAY=-1"), out);
  }

  static void run(Jdbi jdbi, PrintStream out) {
    MigrationOptions options = MigrationOptions.builder().logger(out::println).build();
    MigrationRunner runner = Migrations.runner(jdbi, options);

    runner.upTo("001_create_users");
    execute(jdbi, "insert into users values (1, 'ada@example.com', 'Ada Lovelace')");
    execute(jdbi, "insert into users values (2, 'ada@example.com', 'Ada King')");

    try {
      runner.up();
    } catch (MigrationFailedException e) {
      out.println(e.getMessage());
    }

    execute(jdbi, "delete from users where id = 2");
    try {
      runner.up();
    } catch (InterruptedMigrationException e) {
      // The failed attempt is open: what it made before it failed is still there.
      out.println(e.getMessage());
      execute(jdbi, "drop table new_users");
      runner.maintenance().resolve(e.attempt(), Resolution.RERUN, "dropped new_users");
    }
  }

  private static void execute(Jdbi jdbi, String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
