package dev.kysera.migrations.annotation.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The numbers that a set of names leaves free, written as wide as the others. */
final class FreeNumbers {

  /** The width that a first migration gets. */
  private static final int FIRST_WIDTH = 3;

  /** What comes behind a sequence whose digits are used up; any point in time will do. */
  static final String TIMESTAMP = "20260131093000";

  private final Set<Long> taken = new HashSet<>();
  private final int width;
  private long highest;

  FreeNumbers(Collection<MigrationName> names) {
    names.forEach(name -> taken.add(name.number()));
    Optional<MigrationName> last =
        names.stream()
            .max(
                Comparator.comparingLong(MigrationName::number)
                    .thenComparingInt(name -> name.digits().length()));
    this.width = last.map(name -> name.digits().length()).orElse(FIRST_WIDTH);
    this.highest = last.map(MigrationName::number).orElse(0L);
  }

  /**
   * Takes a number for a name that needs another one, or has none.
   *
   * @param wanted the digits that somebody wrote, empty for none
   * @return these if they are free, else the number behind all others
   */
  String take(String wanted) {
    if (!wanted.isEmpty() && taken.add(Long.parseLong(wanted))) {
      return wanted.length() >= width ? wanted : written(Long.parseLong(wanted));
    }
    highest++;
    taken.add(highest);
    return written(highest);
  }

  private String written(long number) {
    String digits = Long.toString(number);
    return digits.length() > width ? TIMESTAMP : "0".repeat(width - digits.length()) + digits;
  }
}
