package dev.kysera.migrations.benchmarks.violations;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a run has ended.
 *
 * @param error what it threw, null if it ended well or not at all
 * @param inTime whether it ended before its limit
 */
record Ending(@Nullable Throwable error, boolean inTime) {

  /**
   * Starts a run. Its thread is a new one: what Liquibase remembers from one run to the next
   * belongs to the thread, and another process would not know it.
   */
  static FutureTask<Void> start(Tool tool, ConnectionFactory connections, Duration patience) {
    FutureTask<Void> run =
        new FutureTask<>(
            () -> {
              tool.up(new FactoryDataSource(connections), patience);
              return null;
            });
    Thread thread = new Thread(run, "run");
    thread.setDaemon(true);
    thread.start();
    return run;
  }

  /** Waits for the end of a run, up to its limit. */
  static Ending await(FutureTask<Void> run, Duration limit) throws InterruptedException {
    try {
      run.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Ending(null, true);
    } catch (ExecutionException e) {
      return new Ending(e.getCause(), true);
    } catch (TimeoutException e) {
      return new Ending(null, false);
    }
  }

  boolean isGood() {
    return inTime && error == null;
  }

  /** The messages of the error and of its causes, on a line. */
  String said() {
    if (!inTime) {
      return "nothing, it has not ended";
    }
    if (error == null) {
      return "that all went well";
    }
    StringBuilder said = new StringBuilder(error.getClass().getSimpleName());
    for (Throwable t = error; t != null; t = t.getCause()) {
      said.append(": ").append(t.getMessage());
    }
    return said.toString().replaceAll("\\s+", " ");
  }
}
