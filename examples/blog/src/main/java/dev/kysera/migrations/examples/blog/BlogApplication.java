package dev.kysera.migrations.examples.blog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.PrintStream;
import org.jdbi.v3.core.Jdbi;

/** Brings the database of a blog up to date and takes a step back, telling what happens. */
public final class BlogApplication {

  private BlogApplication() {}

  public static void main(String[] args) {
    // Without DB_CLOSE_DELAY=-1 an in-memory database vanishes with each connection.
    Jdbi jdbi = Jdbi.create("jdbc:h2:mem:blog;DB_CLOSE_DELAY=-1");
    run(jdbi, new PrintStream(System.out, true, UTF_8));
  }

  static void run(Jdbi jdbi, PrintStream out) {
    MigrationOptions options = MigrationOptions.builder().logger(out::println).build();
    MigrationRunner runner = Migrations.runner(jdbi, options);

    runner.status();
    out.println();
    runner.up();
    out.println();
    runner.status();
    out.println();
    runner.down();
    out.println();
    runner.status();
  }
}
