package dev.kysera.migrations.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.benchmarks.Figure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static Figure figure(String part, String contestant, String name, double value) {
    return new Figure(part, "postgresql", contestant, 1000, name, "ms", value, value, value, 1);
  }

  private static String report(Figure... figures) {
    return Report.text(new Results(List.of(figures)), Map.of());
  }

  @Test
  void a_figure_beyond_its_limit_is_said_to_miss() {
    assertThat(report(figure("cold", "kysera", "cpu-over-floor", 80)))
        .contains("CPU over the floor at 1,000 | 80 ms | 80 ms | reached |");
    assertThat(report(figure("cold", "kysera", "cpu-over-floor", 81)))
        .contains("CPU over the floor at 1,000 | 80 ms | 81 ms | **missed** |");
  }

  @Test
  void whoever_is_ahead_of_us_is_named() {
    assertThat(
            report(
                figure("mixed", "kysera", "down", 50),
                figure("mixed", "mybatis", "down", 40),
                figure("mixed", "liquibase-xml", "down", 60)))
        .contains("ten steps back at 1,000 (mybatis 40; we 50 ms).");
  }

  @Test
  void the_same_figures_give_the_same_chart(@TempDir Path folder) throws Exception {
    List<Figure> figures =
        List.of(
            figure("warm", "kysera", "round-trips", 1),
            figure("warm", "kysera", "statements", 1),
            figure("warm", "flyway-sql", "round-trips", 34),
            figure("warm", "flyway-sql", "statements", 34));
    Charts.write(folder.resolve("a"), figures);
    Charts.write(folder.resolve("b"), figures);
    assertThat(Files.readString(folder.resolve("a/round-trips.svg")))
        .startsWith("<?xml")
        .isEqualTo(Files.readString(folder.resolve("b/round-trips.svg")));
  }
}
