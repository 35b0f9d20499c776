package dev.kysera.migrations.examples.jooq;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.PrintStream;
import org.jdbi.v3.core.Jdbi;

/** Runs a migration whose statements jOOQ writes in the dialect of the database. */
public final class JooqApplication {

  static {
    // Before the first use of jOOQ, which else greets in the log.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private JooqApplication() {}

  public static void main(String[] args) {
    Jdbi jdbi = Jdbi.create("jdbc:h2:mem:jooq;DB_CLOSE_DELAY=-1");
    run(jdbi, new PrintStream(System.out, true, UTF_8));
  }

  static void run(Jdbi jdbi, PrintStream out) {
    MigrationOptions options = MigrationOptions.builder().logger(out::println).build();
    MigrationRunner runner = Migrations.runner(jdbi, options);
    runner.up();
    runner.redo();
  }
}
