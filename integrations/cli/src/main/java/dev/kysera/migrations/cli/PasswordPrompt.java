package dev.kysera.migrations.cli;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Asks for a password. Java's console asks only where standard output is a terminal too, and writes
 * its question there, among the data.
 */
final class PasswordPrompt {

  private final Surroundings surroundings;

  PasswordPrompt(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns what a person at the terminal types, empty if the terminal cannot hide it. */
  Optional<String> ask(String user) {
    String question = "Password of %s: ".formatted(user);
    Thread showAgain = new Thread(() -> echo(true), "terminal-echo");
    Runtime.getRuntime().addShutdownHook(showAgain);
    try {
      return echo(false) ? Optional.of(readHidden(question)) : fromConsole(question);
    } finally {
      echo(true);
      Runtime.getRuntime().removeShutdownHook(showAgain);
    }
  }

  private String readHidden(String question) {
    surroundings.err().print(question);
    surroundings.err().flush();
    try {
      return Surroundings.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      surroundings.err().println();
    }
  }

  @SuppressWarnings("SystemConsoleNull") // whether it is a terminal, the surroundings know
  private static Optional<String> fromConsole(String question) {
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("%s", question);
    return Optional.ofNullable(typed).map(String::new);
  }

  /** Returns whether the terminal obeyed. */
  private static boolean echo(boolean on) {
    try {
      return new ProcessBuilder("stty", on ? "echo" : "-echo").inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
