package dev.kysera.migrations;

import dev.kysera.migrations.FaultyJdbc.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs the crash scenario in a JVM of its own, which halts at a JDBC call or runs to the end, and
 * prints what it has completed.
 */
final class ChildProgram {

  private static final int WAIT_SECONDS = 120;

  private ChildProgram() {}

  public static void main(String[] arguments) {
    String url = arguments[0];
    Direction direction = Direction.valueOf(arguments[1]);
    int haltAt = Integer.parseInt(arguments[2]);
    FaultyJdbc jdbc =
        new FaultyJdbc(() -> DriverManager.getConnection(url), Fault.HALT, haltAt, true);
    MigrationRunner runner =
        MigrationRunner.create(
            Jdbi.create(jdbc),
            CrashScenario.REGISTRY,
            MigrationOptions.builder()
                .logger(line -> {})
                .lockTimeout(Duration.ofSeconds(WAIT_SECONDS))
                .build());
    MigrationResult result = direction == Direction.UP ? runner.up() : runner.reset();
    System.out.println(String.join(",", result.completed()));
  }

  /** Starts it, with its output in a file. */
  static Process start(String url, Direction direction, int haltAt, Path output)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildProgram.class.getName(),
                url,
                direction.name(),
                String.valueOf(haltAt)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  static int exitOf(Process process) throws InterruptedException {
    if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the child did not end in " + WAIT_SECONDS + " s");
    }
    return process.exitValue();
  }
}
