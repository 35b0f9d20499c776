package dev.kysera.migrations.internal;

import dev.kysera.migrations.annotation.internal.MigrationName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the history and the journal held at one moment.
 *
 * @param rows the rows of the history in the order of execution
 * @param open the attempt that holds the open slot
 * @param presence which of the tables exist
 */
record Snapshot(List<HistoryRow> rows, Optional<OpenAttempt> open, Dialect.Presence presence) {

  /**
   * The journal's order; behind it, the rows that the journal does not know, in the order in which
   * they will be adopted. Times decide only there, where nothing better is known.
   */
  private static final Comparator<HistoryRow> EXECUTION_ORDER =
      Comparator.comparingLong((HistoryRow row) -> row.sequence().orElse(Long.MAX_VALUE))
          .thenComparing(HistoryRow::executedAt)
          .thenComparingLong(Snapshot::number)
          .thenComparing(HistoryRow::name);

  Snapshot {
    rows = rows.stream().sorted(EXECUTION_ORDER).toList();
  }

  /** Returns the same without the rows of such names. */
  Snapshot without(Predicate<String> names) {
    List<HistoryRow> others = rows.stream().filter(row -> !names.test(row.name())).toList();
    return others.size() == rows.size() ? this : new Snapshot(others, open, presence);
  }

  /**
   * Gives renamed migrations their name of now. A former name stays where the row of the new one is
   * there too, or that of another former one: then nobody knows which is true.
   */
  Snapshot named(Registry registry) {
    if (registry.hasNoFormerNames()) {
      return this;
    }
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (HistoryRow row : rows) {
      String name = registry.currentName(row.name());
      if (!seen.add(name)) {
        twice.add(name);
      }
    }
    List<HistoryRow> named = new ArrayList<>();
    for (HistoryRow row : rows) {
      String name = registry.currentName(row.name());
      named.add(twice.contains(name) ? row : row.withName(name));
    }
    return new Snapshot(named, open, presence);
  }

  /** Returns the rows of migrations whose former name the table still has. */
  List<HistoryRow> renamed() {
    return rows.stream().filter(HistoryRow::isRenamed).toList();
  }

  /** Returns the rows that somebody else wrote, in the order in which they will be adopted. */
  List<HistoryRow> strangers() {
    return rows.stream().filter(row -> row.sequence().isEmpty()).toList();
  }

  private static long number(HistoryRow row) {
    return MigrationName.parse(row.name()).map(MigrationName::number).orElse(Long.MAX_VALUE);
  }
}
