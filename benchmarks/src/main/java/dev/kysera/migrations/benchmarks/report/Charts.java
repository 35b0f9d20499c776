package dev.kysera.migrations.benchmarks.report;

import dev.kysera.migrations.benchmarks.Figure;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The charts, in SVG on a white ground. */
public final class Charts {

  /** The folder of the charts, beside the results. */
  public static final String FOLDER = "charts";

  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;
  private static final float LINE = 2.5f;
  private static final int PERCENT = 100;

  /** A number with more decimals than the eye can see. */
  private static final Pattern FRACTION = Pattern.compile("-?[0-9]+[.][0-9]{2,}");

  private static final String POSTGRESQL = "postgresql";

  /** One of each tool, whose colours are told apart by people who see colours differently too. */
  private static final List<String> TOOLS =
      List.of(
          "jdbc",
          Tools.KYSERA,
          "flyway-java",
          Tools.FLYWAY,
          Tools.LIQUIBASE,
          "mybatis",
          "ebean",
          "floor");

  private static final Color[] COLORS = {
    new Color(0x6E7781),
    new Color(0x0072B2),
    new Color(0xE69F00),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    Color.BLACK
  };

  private Charts() {}

  /** Draws those for which there are figures. */
  public static void write(Path folder, List<Figure> figures) throws IOException {
    Files.createDirectories(folder);
    Results all = new Results(figures);
    if (has("cold", all)) {
      save(folder, "no-op", noOp(all));
    }
    if (has("warm", all)) {
      save(folder, "round-trips", roundTrips(all));
    }
    if (has("apply", all)) {
      save(folder, "steps", steps(all));
    }
    if (has("violations", all)) {
      save(folder, "violations", violations(all));
    }
  }

  /** Returns what shows the chart of a part in Markdown, if it has one. */
  static String links(String part, Results all) {
    String name =
        switch (part) {
          case "cold" -> "no-op";
          case "warm" -> "round-trips";
          case "apply" -> "steps";
          case "violations" -> "violations";
          default -> "";
        };
    return name.isEmpty() || !has(part, all)
        ? ""
        : "![" + name + "](" + FOLDER + "/" + name + ".svg)\n\n";
  }

  private static boolean has(String part, Results all) {
    return !all.part(part).by(Tools.KYSERA).isEmpty();
  }

  private static Chart<?, ?> noOp(Results all) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("A start with nothing to do: CPU of the whole process, PostgreSQL")
            .xAxisTitle("executed migrations")
            .yAxisTitle("CPU, ms")
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    Results cpu = all.part("cold").on(POSTGRESQL).named("cpu");
    List<Color> colors = new ArrayList<>();
    for (String tool : TOOLS) {
      Results own = cpu.by(tool);
      if (!own.isEmpty()) {
        chart.addSeries(
            tool, own.sizes().stream().mapToDouble(n -> n).toArray(), own.medians().toArray());
        colors.add(COLORS[TOOLS.indexOf(tool)]);
      }
    }
    chart.getStyler().setSeriesColors(colors.toArray(Color[]::new));
    chart.getSeriesMap().values().forEach(series -> series.setLineWidth(LINE));
    return chart;
  }

  private static Chart<?, ?> roundTrips(Results all) {
    Results warm = all.part("warm");
    int most = warm.sizes().stream().mapToInt(n -> n).max().orElse(0);
    return bars(
        "A start with nothing to do, %s executed migrations, PostgreSQL"
            .formatted(Numbers.count(most)),
        "number",
        warm.of(most),
        List.of("round-trips", "statements"));
  }

  private static Chart<?, ?> steps(Results all) {
    return bars(
        "An executed migration beside its own statement, PostgreSQL",
        "number",
        all.part("apply"),
        List.of("round-trips-each", "statements-each", "commits-each"));
  }

  private static Chart<?, ?> bars(String title, String axis, Results results, List<String> names) {
    CategoryChart chart = categories(title, axis);
    List<String> tools =
        TOOLS.stream()
            .filter(tool -> !tool.equals("floor"))
            .filter(tool -> !results.by(tool).named(names.get(0)).isEmpty())
            .toList();
    for (String name : names) {
      chart.addSeries(
          name.replace("-each", "").replace('-', ' '),
          tools,
          tools.stream().map(t -> results.by(t).named(name).median().orElse(0)).toList());
    }
    return chart;
  }

  private static Chart<?, ?> violations(Results all) {
    Results violations = all.part("violations");
    CategoryChart chart =
        categories(
            "Trials in which an invariant was broken, PostgreSQL and MariaDB", "% of trials");
    List<String> invariants = IntStream.rangeClosed(1, 8).mapToObj(i -> "I" + i).toList();
    for (String tool : violations.contestants()) {
      double trials = violations.by(tool).named("trials").medians().sum();
      chart.addSeries(
          "%s (%.0f trials)".formatted(tool, trials),
          invariants,
          invariants.stream()
              .map(i -> Math.rint(PERCENT * violations.by(tool).named(i).medians().sum() / trials))
              .toList());
    }
    return chart;
  }

  private static CategoryChart categories(String title, String axis) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(axis)
            .build();
    style(chart.getStyler());
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLabelsVisible(true);
    chart.getStyler().setSeriesColors(new Color[] {COLORS[1], COLORS[2], COLORS[4]});
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendBorderColor(Color.WHITE);
  }

  /** Letters are outlines; a tenth of a pixel is as fine as they need to be. */
  private static void save(Path folder, String name, Chart<?, ?> chart) throws IOException {
    Path file = folder.resolve(name + ".svg");
    VectorGraphicsEncoder.saveVectorGraphic(
        chart, folder.resolve(name).toString(), VectorGraphicsFormat.SVG);
    String drawn = Files.readString(file);
    Files.writeString(
        file,
        FRACTION
            .matcher(drawn)
            .replaceAll(
                number -> String.format(Locale.ROOT, "%.1f", Double.valueOf(number.group()))));
  }
}
