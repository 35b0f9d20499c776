package dev.kysera.migrations;

import dev.kysera.migrations.FaultyJdbc.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs the crash scenario in a JVM of its own. It halts at a JDBC call, if told so, and else does
 * what the lines of its input say, one after the other, answering each with a line.
 */
final class ChildProgram {

  static final String READY = "ready";
  static final String UP = "up";
  static final String RESET = "reset";

  static final String REHEARSE = "rehearse";

  /** Up and down again, for ever. */
  static final String LOOP = "loop";

  private ChildProgram() {}

  /** Takes the URL, the JDBC call to halt at (0 for none), and lockTimeout in milliseconds. */
  public static void main(String[] arguments) throws IOException {
    String url = arguments[0];
    FaultyJdbc jdbc =
        new FaultyJdbc(
            () -> DriverManager.getConnection(url),
            Fault.HALT,
            Integer.parseInt(arguments[1]),
            true);
    MigrationRunner runner =
        MigrationRunner.create(
            Jdbi.create(jdbc),
            CrashScenario.REGISTRY,
            MigrationOptions.builder()
                .logger(line -> {})
                .lockTimeout(Duration.ofMillis(Long.parseLong(arguments[2])))
                .build());
    System.out.println(READY);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      System.out.println(answer(command, runner));
    }
  }

  /** The names that were completed, or the type of the exception and its text on one line. */
  private static String answer(String command, MigrationRunner runner) {
    try {
      while (command.equals(LOOP)) {
        upAndDown(runner);
      }
      if (command.equals(REHEARSE)) {
        return runner.rehearse().statements().size() + " statements";
      }
      MigrationResult result = command.equals(UP) ? runner.up() : runner.reset();
      return String.join(",", result.completed());
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage().replace('\n', ' ');
    }
  }

  private static void upAndDown(MigrationRunner runner) {
    try {
      runner.up();
      runner.reset();
    } catch (MigrationException e) {
      // Another process is in the way, or was killed; that is what the trial is about.
    }
  }
}
