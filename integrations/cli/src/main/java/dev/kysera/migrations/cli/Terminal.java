package dev.kysera.migrations.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Which of the three streams are a terminal, and what that terminal can do.
 *
 * @param in whether somebody can be asked on standard input
 * @param out whether standard output is read by a person
 * @param err whether standard error is read by a person
 * @param columns how wide it is
 * @param moves whether it understands control sequences
 * @param colours whether it is to be coloured
 */
record Terminal(boolean in, boolean out, boolean err, int columns, boolean moves, boolean colours) {

  private static final int USUAL_COLUMNS = 80;

  static final Terminal NONE = new Terminal(false, false, false, USUAL_COLUMNS, false, false);

  /**
   * Java cannot tell which stream is a terminal, and how wide one is; the shell can, for the
   * streams that it inherits.
   */
  static Terminal ofThisProcess(Map<String, String> environment) {
    int streams = streams();
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean err = (streams & 4) != 0;
    return new Terminal(
        (streams & 1) != 0,
        (streams & 2) != 0,
        err,
        err ? width() : USUAL_COLUMNS,
        !dumb,
        !dumb && !noColor);
  }

  boolean canAsk() {
    return in && err;
  }

  private static int streams() {
    try {
      return new ProcessBuilder(
              "sh",
              "-c",
              "n=0; test -t 0 && n=1; test -t 1 && n=$((n+2)); test -t 2 && n=$((n+4)); exit $n")
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      return hasConsole() ? 7 : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since Java 22 there may be a console without a terminal.
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static int width() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size <&2 2>/dev/null")
              .redirectError(Redirect.INHERIT)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      stty.waitFor();
      int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1).trim());
      return columns > 0 ? columns : USUAL_COLUMNS;
    } catch (IOException | NumberFormatException e) {
      return USUAL_COLUMNS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_COLUMNS;
    }
  }
}
