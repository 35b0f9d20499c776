package dev.kysera.migrations.benchmarks.violations;

import dev.kysera.migrations.FaultyJdbc;
import dev.kysera.migrations.FaultyJdbc.Fault;
import dev.kysera.migrations.TestServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** One database, what happens to it, and what is found broken. */
final class Trial implements AutoCloseable {

  /** How long a run waits for a lock when whoever held it is gone. */
  private static final Duration SHORT = Duration.ofSeconds(5);

  /** How long a run waits for others that are at work. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LIMIT_TOGETHER = Duration.ofSeconds(60);

  /** How long the server may take to end a session whose connection was closed. */
  private static final Duration SESSION_END = Duration.ofSeconds(2);

  private final Server server;
  private final Contestant contestant;
  private final TestServer.Database database;
  private final Onlooker onlooker;
  private final List<Violation> violations = new ArrayList<>();

  Trial(Server server, Contestant contestant) throws SQLException {
    this.server = server;
    this.contestant = contestant;
    this.database = server.server().create();
    this.onlooker = new Onlooker(server, database.url());
  }

  List<Violation> violations() {
    return violations;
  }

  /**
   * Strikes a run before one of its calls, and then runs again.
   *
   * @param call the call, counted from 1; 0 strikes at none
   * @return the driver of the run that was struck
   */
  FaultyJdbc strike(Fault fault, int call) throws Exception {
    Lender connections = new Lender(server, database.url(), false);
    FaultyJdbc faulty = new FaultyJdbc(connections, fault, call, true);
    Ending ending = Ending.await(Ending.start(contestant, faulty, SHORT), LIMIT);
    judgeTime("the run with the fault", ending);
    if (connections.missing() > 0 && fault != Fault.KILL) {
      add(Invariant.I7, "the run with the fault left connections open: " + connections.missing());
    }
    connections.takeBack();
    lookAround("after the fault");
    runAgain("the next run");
    if (contestant.isLocked(onlooker)) {
      contestant.unlock(onlooker);
      runAgain("the run after the lock was removed by hand");
    }
    return faulty;
  }

  private void runAgain(String which) throws Exception {
    List<History.Attempt> open = contestant.history(onlooker).open();
    boolean locked = contestant.isLocked(onlooker);
    Lender connections = new Lender(server, database.url(), true);
    // Nothing is struck; every run gets its connections through the same wrapper.
    FaultyJdbc sound = new FaultyJdbc(connections, Fault.LOSE, 0, true);
    Ending ending = Ending.await(Ending.start(contestant, sound, SHORT), LIMIT);
    judgeTime(which, ending);
    judgeOutcome(which, ending, open);
    if (locked && !ending.isGood()) {
      add(Invariant.I8, which + " gave up waiting for a lock; it said: " + ending.said());
    }
    judgeConnections(which, connections);
    lookAround("after " + which);
  }

  private void judgeOutcome(String which, Ending ending, List<History.Attempt> open)
      throws SQLException {
    if (ending.isGood()) {
      History history = contestant.history(onlooker);
      if (!history.open().isEmpty() || !history.executed().containsAll(Scenario.NAMES)) {
        add(Invariant.I5, which + " did not complete everything, " + history);
      }
    } else {
      List<String> named = Scenario.named(ending.said(), contestant);
      if (open.size() != 1 || !named.equals(List.of(open.get(0).name()))) {
        add(Invariant.I5, "%s, with %s open, said: %s".formatted(which, open, ending.said()));
      }
    }
  }

  /** Starts a run of each at once. */
  void startTogether(List<IsolatedTool> tools) throws Exception {
    int count = tools.size();
    Lender connections = new Lender(server, database.url(), true);
    List<FutureTask<Void>> runs = new ArrayList<>();
    for (IsolatedTool tool : tools) {
      runs.add(Ending.start(tool, new FaultyJdbc(connections, Fault.LOSE, 0, true), LONG));
    }
    long start = System.nanoTime();
    for (FutureTask<Void> run : runs) {
      Duration gone = Duration.ofNanos(System.nanoTime() - start);
      Ending ending = Ending.await(run, LIMIT_TOGETHER.minus(gone));
      judgeTime("one of " + count, ending);
      if (ending.error() != null) {
        add(Invariant.I8, "one of %d together said: %s".formatted(count, ending.said()));
      }
    }
    judgeConnections("one of " + count, connections);
    lookAround("after the start of " + count);
    History history = contestant.history(onlooker);
    if (!history.executed().containsAll(Scenario.NAMES)) {
      add(Invariant.I5, count + " together did not complete everything, " + history);
    }
  }

  /** A run ends before its limit, and does not call good what is not. */
  private void judgeTime(String which, Ending ending) throws SQLException {
    if (!ending.inTime()) {
      add(Invariant.I8, which + " did not end");
    } else if (ending.isGood()
        && !contestant.history(onlooker).executed().containsAll(Scenario.NAMES)) {
      add(Invariant.I8, which + " ended well although something is not executed");
    }
  }

  private void judgeConnections(String which, Lender connections) throws SQLException {
    if (connections.missing() > 0) {
      add(Invariant.I7, which + " left connections open: " + connections.missing());
    }
    connections.takeBack();
    if (!connections.changes().isEmpty()) {
      add(Invariant.I7, which + " left a session changed, " + connections.changes());
    }
  }

  private void lookAround(String when) throws SQLException {
    List<String> sessions = awaitEndOfSessions();
    if (!sessions.isEmpty()) {
      add(Invariant.I7, when + " sessions are left, " + sessions);
    }
    if (contestant.isLocked(onlooker)) {
      add(Invariant.I7, when + " the lock table says locked");
    }
    for (Violation violation :
        Checker.check(contestant.history(onlooker), Scenario.effects(onlooker))) {
      add(violation.invariant(), when + " " + violation.evidence());
    }
  }

  private List<String> awaitEndOfSessions() throws SQLException {
    long start = System.nanoTime();
    List<String> sessions = onlooker.sessions();
    while (!sessions.isEmpty() && System.nanoTime() - start < SESSION_END.toNanos()) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      sessions = onlooker.sessions();
    }
    return sessions;
  }

  private void add(Invariant invariant, String evidence) {
    violations.add(new Violation(invariant, evidence));
  }

  @Override
  public void close() throws SQLException {
    onlooker.close();
    database.drop();
  }
}
