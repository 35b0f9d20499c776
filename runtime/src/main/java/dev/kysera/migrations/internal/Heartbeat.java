package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationStep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Says, while a statement of a migration runs long, that it does, and what it waits for. It is for
 * people: nothing is decided by it. It works on a thread and a connection of its own, and holds
 * nobody up; where it gets no connection, the line comes without what is waited for.
 */
final class Heartbeat implements AutoCloseable {

  /** How long a statement runs before anything is said, and how long from one line to the next. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  static final String THREAD = "kysera-migrations-heartbeat";

  /** How long the line waits for what it could tell more. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int ANSWER_SECONDS = 5;

  /**
   * What runs.
   *
   * @param sql the statement; empty between those of JDBI, where raw JDBC may be at work
   * @param since when it began, in nanoseconds
   */
  private record Current(MigrationStep step, Optional<String> sql, long since) {}

  private final Duration interval;
  private final Jdbi jdbi;
  private final Dialect dialect;
  private final Tables tables;
  private final RunLog log;
  private volatile @Nullable Current current;
  private volatile boolean ended;
  private @Nullable Thread thread;
  private @Nullable CompletableFuture<Optional<String>> asked;

  Heartbeat(Duration interval, Session session, Tables tables, RunLog log) {
    this.interval = interval;
    this.jdbi = session.handle().getJdbi();
    this.dialect = session.dialect();
    this.tables = tables;
    this.log = log;
  }

  // --- on the thread of the run

  /** The code of a migration begins. JDBI tells its statements to whoever is its logger. */
  void begin(MigrationStep step, Handle handle) {
    current = new Current(step, Optional.empty(), System.nanoTime());
    SqlStatements config = handle.getConfig(SqlStatements.class);
    config.setSqlLogger(new Listening(step, config.getSqlLogger()));
    if (thread == null) {
      thread = new Thread(this::watch, THREAD);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** The code of the migration has ended. */
  void end(Handle handle) {
    current = null;
    SqlStatements config = handle.getConfig(SqlStatements.class);
    if (config.getSqlLogger() instanceof Listening listening) {
      config.setSqlLogger(listening.user);
    }
  }

  @Override
  public synchronized void close() {
    ended = true;
    notifyAll();
  }

  /** Notes the statements, and passes everything on to the logger of the user. */
  private final class Listening implements SqlLogger {

    private final MigrationStep step;
    private final SqlLogger user;

    Listening(MigrationStep step, SqlLogger user) {
      this.step = step;
      this.user = user;
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
      String sql = context.getRenderedSql();
      current =
          new Current(
              step,
              Optional.ofNullable(sql == null ? context.getRawSql() : sql),
              System.nanoTime());
      user.logBeforeExecution(context);
    }

    @Override
    public void logAfterExecution(StatementContext context) {
      current = new Current(step, Optional.empty(), System.nanoTime());
      user.logAfterExecution(context);
    }

    @Override
    public void logException(StatementContext context, SQLException thrown) {
      current = new Current(step, Optional.empty(), System.nanoTime());
      user.logException(context, thrown);
    }
  }

  // --- on its own thread

  private void watch() {
    try {
      @Nullable Current told = null;
      int beats = 0;
      while (!ended) {
        Current running = current;
        if (!Objects.equals(running, told)) {
          told = running;
          beats = 0;
        }
        long left =
            running == null
                ? interval.toNanos()
                : interval.toNanos() * (beats + 1) - (System.nanoTime() - running.since());
        if (left > 0) {
          pause(left);
        } else if (running != null) {
          beats++;
          say(running);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void pause(long nanos) throws InterruptedException {
    if (!ended) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
    }
  }

  private void say(Current running) throws InterruptedException {
    Optional<String> more = ask();
    if (running.equals(current) && !ended) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - running.since());
      log.info(Lines.heartbeat(running.step(), running.sql(), elapsed, more));
    }
  }

  /** Another question is not asked while one has no answer: a pool may have no connection left. */
  private Optional<String> ask() throws InterruptedException {
    if (!dialect.tellsWhatIsWaitedFor()) {
      return Optional.empty();
    }
    CompletableFuture<Optional<String>> answer = asked;
    if (answer == null || answer.isDone()) {
      answer = new CompletableFuture<>();
      asked = answer;
      CompletableFuture<Optional<String>> future = answer;
      Thread asking = new Thread(() -> answer(future), THREAD + "-question");
      asking.setDaemon(true);
      asking.start();
    }
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    }
  }

  private void answer(CompletableFuture<Optional<String>> future) {
    try (Handle handle = jdbi.open()) {
      if (!ended) {
        Statements statements = new Statements(handle.getConnection(), dialect, ANSWER_SECONDS);
        future.complete(dialect.waitsFor(statements, tables));
      }
    } catch (RuntimeException e) {
      // Nobody depends on it.
    } finally {
      future.complete(Optional.empty());
    }
  }
}
