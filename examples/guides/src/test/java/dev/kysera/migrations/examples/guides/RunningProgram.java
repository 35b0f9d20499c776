package dev.kysera.migrations.examples.guides;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that goes on while others are run. */
final class RunningProgram {

  private static final long PATIENCE_SECONDS = 60;
  private static final String WAITS = "⏳";

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private int shown;
  private boolean ended;

  RunningProgram(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "second-terminal");
    reader.setDaemon(true);
    reader.start();
  }

  /** How often somebody tells that he waits depends on how long he does; once is enough. */
  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (this) {
          boolean again =
              line.startsWith(WAITS)
                  && !lines.isEmpty()
                  && lines.get(lines.size() - 1).startsWith(WAITS);
          if (!again) {
            lines.add(line);
            notifyAll();
          }
        }
      }
    } catch (IOException e) {
      // It was ended; what it had printed is there.
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  /** Waits for so many more lines, or for the end, and returns what was printed. */
  synchronized String await(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (lines.size() < shown + count && !ended) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    List<String> printed = lines.subList(shown, lines.size());
    String text = String.join("\n", printed) + "\n";
    shown = lines.size();
    return text;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** As Ctrl+C does. */
  void end() {
    process.destroy();
    process.onExit().join();
  }
}
