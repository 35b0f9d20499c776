package dev.kysera.migrations.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. */
final class Table {

  private final List<String> lines = new ArrayList<>();

  /** Begins one; all columns but the first are for numbers. */
  Table(List<String> titles) {
    row(titles);
    lines.add("|---|" + "---:|".repeat(titles.size() - 1));
  }

  void row(List<String> cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
