package dev.kysera.migrations.benchmarks.report;

import dev.kysera.migrations.benchmarks.Figure;
import java.util.ArrayList;
import java.util.List;

/** The tables of the parts. */
final class Tables {

  private Tables() {}

  /**
   * Returns the tables of a part: one for each database and number of migrations, with a line for
   * each contestant and a column for each name.
   */
  static String of(Results part) {
    StringBuilder text = new StringBuilder();
    for (String database : part.databases()) {
      Results onDatabase = part.on(database);
      for (int migrations : onDatabase.sizes()) {
        Results table = onDatabase.of(migrations);
        text.append(title(database, migrations)).append(table(table)).append('\n');
      }
    }
    return text.toString();
  }

  private static String title(String database, int migrations) {
    List<String> words = new ArrayList<>();
    if (!database.equals("-")) {
      words.add(database);
    }
    if (migrations > 0) {
      words.add(Numbers.count(migrations) + " migrations");
    }
    return words.isEmpty() ? "" : "**" + String.join(", ", words) + "**\n\n";
  }

  private static Table table(Results results) {
    List<String> names =
        results.names().stream()
            .filter(name -> results.named(name).medians().anyMatch(value -> value != 0))
            .toList();
    List<String> titles = new ArrayList<>(List.of(""));
    for (String name : names) {
      String unit = results.named(name).figures().get(0).unit();
      titles.add(unit.isEmpty() || unit.equals("x") ? name : name + ", " + unit);
    }
    Table table = new Table(titles);
    for (String contestant : Tools.ordered(results.contestants())) {
      List<String> cells = new ArrayList<>(List.of(contestant));
      for (String name : names) {
        cells.add(cell(results.by(contestant).named(name)));
      }
      table.row(cells);
    }
    return table;
  }

  /** The median, with the least and the most where there were rounds. */
  private static String cell(Results one) {
    if (one.isEmpty()) {
      return "";
    }
    Figure figure = one.figures().get(0);
    String median = Numbers.value(figure.median());
    return figure.min() == figure.max() || figure.name().contains("/")
        ? median
        : median + " (" + Numbers.value(figure.min()) + " to " + Numbers.value(figure.max()) + ")";
  }
}
