package dev.kysera.migrations.benchmarks.violations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.FaultyJdbc;
import dev.kysera.migrations.FaultyJdbc.Fault;
import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Measurement;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Turns the fault driver of the reliability tests on this project, on Flyway and on Liquibase, and
 * counts the trials in which an {@link Invariant} was broken.
 *
 * <p>A trial executes the {@link Scenario} on an empty database, strikes before one of the JDBC
 * calls, looks at the tables, runs again with sound connections, and looks once more. If a lock is
 * left that only a person can remove, it is removed, and a third run follows.
 *
 * <p>The process is killed before every call that the server hears of: these are all states in
 * which a process can leave it. The connection is lost before every third, and the process goes on.
 * {@code -Dkysera.stride=N} takes only every N-th of these.
 *
 * <p>The report with the first example of each broken invariant is printed, and written to {@code
 * target/violations.txt}.
 */
public final class Violations implements Measurement {

  private static final int STRIDE = Integer.getInteger("kysera.stride", 1);
  private static final int TOGETHER = 8;
  private static final int REPETITIONS = 5;
  private static final Path REPORT = Path.of("target", "violations.txt");

  @Override
  public String name() {
    return "violations";
  }

  @Override
  public List<Figure> measure() throws Exception {
    List<Figure> figures = new ArrayList<>();
    List<String> report = new ArrayList<>();
    // Liquibase logs and prints, and what it says is in the report where it matters.
    Logger.getLogger("").setLevel(Level.OFF);
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      tallyAll(figures, report);
    } finally {
      System.setOut(out);
    }
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, report);
    report.forEach(System.out::println);
    return figures;
  }

  private void tallyAll(List<Figure> figures, List<String> report) throws Exception {
    for (Server server : Server.values()) {
      for (Contestant contestant :
          List.of(new KyseraContestant(), new FlywayContestant(), new LiquibaseContestant())) {
        Tally tally = tally(server, contestant);
        figures.addAll(tally.figures(name()));
        report.addAll(tally.report());
      }
    }
  }

  private static Tally tally(Server server, Contestant contestant) throws Exception {
    Tally tally = new Tally(server, contestant);
    FaultyJdbc undisturbed = strike(tally, server, contestant, Fault.KILL, 0, 0);
    List<Integer> heard = undisturbed.heard();
    for (Fault fault : List.of(Fault.KILL, Fault.LOSE)) {
      int stride = fault == Fault.KILL ? STRIDE : 3 * STRIDE;
      tally.note(
          "%s before every %d. of the %d calls that the server hears of, among %d"
              .formatted(fault, stride, heard.size(), undisturbed.calls()));
      for (int i = 0; i < heard.size(); i += stride) {
        strike(tally, server, contestant, fault, heard.get(i), undisturbed.calls());
      }
    }
    startTogether(tally, server, contestant);
    return tally;
  }

  private static void startTogether(Tally tally, Server server, Contestant contestant)
      throws Exception {
    tally.note("%d started together, %d times".formatted(TOGETHER, REPETITIONS));
    List<IsolatedTool> tools = new ArrayList<>();
    try {
      for (int i = 0; i < TOGETHER; i++) {
        tools.add(new IsolatedTool(contestant.getClass()));
      }
      for (int i = 1; i <= REPETITIONS; i++) {
        try (Trial trial = new Trial(server, contestant)) {
          trial.startTogether(tools);
          tally.add("start together, number " + i, trial.violations());
        }
      }
    } finally {
      for (IsolatedTool tool : tools) {
        tool.close();
      }
    }
  }

  /** Makes one trial, and returns the driver of its first run. */
  private static FaultyJdbc strike(
      Tally tally, Server server, Contestant contestant, Fault fault, int call, int calls)
      throws Exception {
    try (Trial trial = new Trial(server, contestant)) {
      FaultyJdbc faulty = trial.strike(fault, call);
      String what =
          call == 0
              ? "undisturbed"
              : "%s before call %d of %d, %s".formatted(fault, call, calls, faulty.struck());
      tally.add(what, trial.violations());
      return faulty;
    }
  }
}
