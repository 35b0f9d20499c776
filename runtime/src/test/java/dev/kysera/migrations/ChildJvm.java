package dev.kysera.migrations;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link ChildProgram} that this JVM has started and talks to. */
final class ChildJvm implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  private ChildJvm(Process process) {
    this.process = process;
    this.answers = process.inputReader();
    this.commands = process.outputWriter();
  }

  static ChildJvm start(String url) throws IOException {
    return start(url, 0, PATIENCE);
  }

  static ChildJvm start(String url, int haltAt, Duration lockTimeout) throws IOException {
    return new ChildJvm(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ChildProgram.class.getName(),
                    url,
                    String.valueOf(haltAt),
                    String.valueOf(lockTimeout.toMillis())))
            .redirectErrorStream(true)
            .start());
  }

  void tell(String command) throws IOException {
    commands.write(command);
    commands.newLine();
    commands.flush();
  }

  /** The next line that it says, empty if it has ended. */
  String answer() throws Exception {
    String line =
        CompletableFuture.supplyAsync(this::readLine).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return line == null ? "" : line;
  }

  private String readLine() {
    try {
      return answers.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  void awaitReady() throws Exception {
    String line = answer();
    if (!line.equals(ChildProgram.READY)) {
      throw new AssertionError("the child did not get ready: " + line);
    }
  }

  /** Kills it after that time, as {@code kill -9} does. */
  void killAfter(Duration time) throws InterruptedException {
    process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    process.destroyForcibly();
    exit();
  }

  int exit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the child did not end in " + PATIENCE);
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    try {
      commands.close();
    } catch (IOException e) {
      // It is gone already.
    } finally {
      process.destroyForcibly();
    }
  }
}
