package dev.kysera.migrations.benchmarks.inside;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the benchmarks of this package by JMH, each in a warm JVM of its own, on H2 in memory. A
 * round is an iteration of JMH, whose score is the mean of its calls.
 */
public final class Inside implements Measurement {

  private static final int WARM_UPS = 3;
  private static final int ITERATIONS = 5;
  private static final TimeValue ITERATION = TimeValue.seconds(1);

  @Override
  public String name() {
    return "inside";
  }

  @Override
  public List<Figure> measure() throws Exception {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(Inside.class.getPackageName().replace(".", "\\.") + "\\..*")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.MICROSECONDS)
        .forks(1)
        .warmupIterations(WARM_UPS)
        .warmupTime(ITERATION)
        .measurementIterations(ITERATIONS)
        .measurementTime(ITERATION)
        .shouldFailOnError(true);
    List<Figure> figures = new ArrayList<>();
    for (RunResult result : new Runner(options.build()).run()) {
      figures.add(figure(result));
    }
    return figures;
  }

  private Figure figure(RunResult result) {
    BenchmarkParams params = result.getParams();
    String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
    String migrations = params.getParam("migrations");
    String pending = params.getParam("pending");
    Statistics rounds = result.getPrimaryResult().getStatistics();
    return new Figure(
        name(),
        params.getBenchmark().contains("Registry") ? "-" : "h2",
        "kysera",
        migrations == null ? PendingBenchmark.MIGRATIONS : Integer.parseInt(migrations),
        pending == null ? method : method + " " + pending + " pending",
        "us",
        rounds.getPercentile(50),
        rounds.getMin(),
        rounds.getMax(),
        (int) rounds.getN());
  }
}
