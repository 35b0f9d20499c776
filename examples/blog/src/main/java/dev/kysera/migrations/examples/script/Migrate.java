package dev.kysera.migrations.examples.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.examples.blog.Migrations;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;

/** Migrates the database that DATABASE_URL names, a JDBC URL, from the command line. */
public final class Migrate {

  private static final String USAGE = "Usage: migrate up | down [STEPS] | status | reset | to NAME";

  private interface Command {
    void execute(MigrationRunner runner, PrintStream out);
  }

  private Migrate() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    PrintStream err = new PrintStream(System.err, true, UTF_8);
    int exitCode = run(List.of(args), System.getenv(), out, err);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    Optional<Command> command = command(arguments);
    if (command.isEmpty()) {
      err.println(USAGE);
      return 1;
    }
    String url = environment.getOrDefault("DATABASE_URL", "");
    if (url.isBlank()) {
      err.println("DATABASE_URL is not set. Set it to a JDBC URL, such as jdbc:h2:./blog");
      return 1;
    }
    try {
      MigrationOptions options = MigrationOptions.builder().logger(out::println).build();
      command.get().execute(Migrations.runner(Jdbi.create(url), options), out);
      return 0;
    } catch (ConnectionException e) {
      // The driver's own message may hold the URL, and the URL a password.
      err.println("Migration failed: no connection to DATABASE_URL" + sqlState(e));
      return 1;
    } catch (RuntimeException e) {
      err.println("Migration failed: " + e.getMessage());
      return 1;
    }
  }

  /** Returns what the arguments ask for, nothing if they make no sense. */
  private static Optional<Command> command(List<String> arguments) {
    String verb = arguments.isEmpty() ? "" : arguments.get(0);
    if (arguments.size() == 1) {
      switch (verb) {
        case "up":
          return Optional.of(Migrate::up);
        case "down":
          return Optional.of((runner, out) -> down(runner, 1, out));
        case "status":
          return Optional.of((runner, out) -> runner.status());
        case "reset":
          return Optional.of(Migrate::reset);
        default:
          return Optional.empty();
      }
    }
    if (arguments.size() == 2 && verb.equals("down") && arguments.get(1).matches("[1-9]\\d{0,8}")) {
      int steps = Integer.parseInt(arguments.get(1));
      return Optional.of((runner, out) -> down(runner, steps, out));
    }
    if (arguments.size() == 2 && verb.equals("to")) {
      return Optional.of((runner, out) -> upTo(runner, arguments.get(1), out));
    }
    return Optional.empty();
  }

  private static void up(MigrationRunner runner, PrintStream out) {
    out.println("Running migrations...");
    runner.up();
  }

  private static void upTo(MigrationRunner runner, String name, PrintStream out) {
    out.println("Running migrations up to " + name + "...");
    runner.upTo(name);
  }

  private static void down(MigrationRunner runner, int steps, PrintStream out) {
    out.println("Rolling back " + steps + " migration(s)...");
    runner.down(steps);
  }

  private static void reset(MigrationRunner runner, PrintStream out) {
    out.println("⚠️  WARNING: This will rollback ALL migrations!");
    runner.reset();
  }

  private static String sqlState(ConnectionException e) {
    return e.getCause() instanceof SQLException cause
        ? " (SQLState " + cause.getSQLState() + ")"
        : "";
  }
}
