package dev.kysera.migrations.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/**
 * Standard error: lines that stay, and below them one line of progress that is written again and
 * again where a person looks on. Thread-safe.
 */
final class Screen {

  private static final String ERASE_LINE = "\r\u001b[K";

  /** A window that has become narrower then cuts a line instead of breaking it. */
  private static final String WITHOUT_WRAPPING = "\u001b[?7l";

  private static final String WITH_WRAPPING = "\u001b[?7h";

  private final PrintStream err;
  private final Terminal terminal;
  private final Colours colours;
  private boolean showsProgress;
  private boolean ended;

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

  synchronized void stackTrace(Throwable failure, Redaction redaction) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    eraseProgress();
    err.print(redaction.of(trace.toString()));
    err.flush();
  }

  /**
   * Shows a line of progress.
   *
   * @param text asked while nothing else is written, so that it cannot be older than a line above
   *     it
   */
  synchronized void progress(Supplier<String> text) {
    String line = text.get();
    if (!ended && !line.isEmpty()) {
      err.print(ERASE_LINE + WITHOUT_WRAPPING + line + WITH_WRAPPING);
      err.flush();
      showsProgress = true;
    }
  }

  /** Shows no progress any more. */
  synchronized void endProgress() {
    eraseProgress();
    ended = true;
  }

  private void eraseProgress() {
    if (showsProgress) {
      err.print(ERASE_LINE);
      err.flush();
      showsProgress = false;
    }
  }

  /** A stream for what others write, which the line of progress makes way for. */
  PrintStream asStream(Charset charset) {
    return new PrintStream(
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            synchronized (Screen.this) {
              eraseProgress();
              err.write(bytes, offset, length);
              err.flush();
            }
          }
        },
        true,
        charset);
  }
}
