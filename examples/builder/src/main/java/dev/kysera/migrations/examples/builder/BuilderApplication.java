package dev.kysera.migrations.examples.builder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Runs a registry made by hand with various options. */
public final class BuilderApplication {

  private BuilderApplication() {}

  public static void main(String[] args) {
    Jdbi jdbi = Jdbi.create("jdbc:h2:mem:builder;DB_CLOSE_DELAY=-1");
    run(jdbi, new PrintStream(System.out, true, UTF_8));
  }

  static void run(Jdbi jdbi, PrintStream out) {
    out.println("A preview, with a prefix on every line");
    Consumer<String> prefixed = line -> out.println("[MIGRATION] " + line);
    runner(jdbi, MigrationOptions.builder().dryRun(true).logger(prefixed).build()).up();

    out.println();
    out.println("In silence");
    runner(jdbi, MigrationOptions.builder().logger(line -> {}).build()).upTo("002_lower_emails");

    out.println();
    out.println("With a listener that refuses breaking changes");
    BreakingChangeGuard refusing = new BreakingChangeGuard(false, out::println);
    try {
      runner(jdbi, MigrationOptions.builder().logger(line -> {}).listener(refusing).build()).up();
    } catch (MigrationFailedException e) {
      out.println(e.getMessage());
    }

    out.println();
    out.println("With one that approves of them, up and down");
    BreakingChangeGuard approving = new BreakingChangeGuard(true, out::println);
    MigrationRunner approved =
        runner(jdbi, MigrationOptions.builder().logger(prefixed).listener(approving).build());
    approved.up();
    approved.down(3);
  }

  private static MigrationRunner runner(Jdbi jdbi, MigrationOptions options) {
    return MigrationRunner.create(jdbi, UserMigrations.registry(), options);
  }
}
