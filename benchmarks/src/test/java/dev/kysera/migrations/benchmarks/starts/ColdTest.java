package dev.kysera.migrations.benchmarks.starts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Settings;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdTest {

  @Test
  void a_start_with_nothing_to_do_is_one_statement(@TempDir Path folder) throws Exception {
    Settings settings = new Settings(folder, 1, List.of(10), List.of(10), 10, 0);

    List<Figure> figures =
        new Cold(
                settings,
                EnumSet.of(Entrant.FLOOR, Entrant.KYSERA, Entrant.FLYWAY_SQL),
                List.of(Database.H2))
            .measure();

    for (String name : List.of("statements", "connections")) {
      assertThat(figures)
          .filteredOn(f -> f.contestant().equals("kysera") && f.name().equals(name))
          .extracting(Figure::database, Figure::median)
          .containsExactlyInAnyOrder(tuple("postgresql", 1.0), tuple("h2", 1.0));
    }
    assertThat(value(figures, "kysera", "round-trips")).isEqualTo(1);
    assertThat(value(figures, "flyway-sql", "round-trips")).isGreaterThan(1);
    assertThat(value(figures, "kysera", "classes-over-floor")).isPositive();
    assertThat(value(figures, "kysera", "cpu")).isPositive();
  }

  private static double value(List<Figure> figures, String contestant, String name) {
    return figures.stream()
        .filter(f -> f.database().equals("postgresql"))
        .filter(f -> f.contestant().equals(contestant) && f.name().equals(name))
        .mapToDouble(Figure::median)
        .findFirst()
        .orElseThrow();
  }
}
