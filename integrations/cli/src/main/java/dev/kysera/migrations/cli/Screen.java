package dev.kysera.migrations.cli;

import java.io.PrintStream;

/**
 * Standard error: lines that stay, and below them one line of progress that is written again and
 * again where a person looks on. Safe for several threads.
 */
final class Screen {

  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final Terminal terminal;
  private final Colours colours;
  private boolean showsProgress;

  Screen(PrintStream err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
    this.colours = terminal.err() && terminal.colours() ? Colours.ON : Colours.OFF;
  }

  boolean canShowProgress() {
    return terminal.err() && terminal.moves();
  }

  int columns() {
    return terminal.columns();
  }

  synchronized void line(String text) {
    eraseProgress();
    err.println(colours.paint(text));
  }

  /** Begins a line that the answer of a person ends. */
  synchronized void question(String text) {
    eraseProgress();
    err.print(text);
    err.flush();
  }

  synchronized void stackTrace(Throwable failure) {
    eraseProgress();
    failure.printStackTrace(err);
  }

  synchronized void progress(String text) {
    err.print(ERASE_LINE + text);
    err.flush();
    showsProgress = true;
  }

  synchronized void eraseProgress() {
    if (showsProgress) {
      err.print(ERASE_LINE);
      err.flush();
      showsProgress = false;
    }
  }
}
