package dev.kysera.migrations.internal.risk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tables that were there before a plan began, as far as they are known.
 *
 * @param known whether the list is complete; else every table may be there, and be large
 * @param tables the tables
 * @param indexes the indexes
 */
public record ExistingTables(boolean known, List<Table> tables, List<Index> indexes) {

  /**
   * A table.
   *
   * @param schema its schema
   * @param name its name as the database has it
   * @param small whether it is so small that nobody notices what is done to it
   */
  public record Table(String schema, String name, boolean small) {}

  /**
   * An index.
   *
   * @param name its name as the database has it
   * @param table the name of its table
   */
  public record Index(String name, String table) {}

  /**
   * A table below this size, some thousand rows of usual width, is done with before anybody waits.
   */
  public static final long SMALL_BYTES = 64 * 1024;

  /** Knows nothing: every table that the plan does not make counts as a large one. */
  public static final ExistingTables UNKNOWN = new ExistingTables(false, List.of(), List.of());

  /** Creates a list from all its parts. */
  public ExistingTables {
    tables = List.copyOf(tables);
    indexes = List.copyOf(indexes);
  }

  /** Whether a table of that name, as SQL writes it, is there and not a small one. */
  public boolean isLarge(String name) {
    String plain = plain(name);
    return known
        ? tables.stream().anyMatch(table -> !table.small() && same(table.name(), plain))
        : true;
  }

  /** The table of an index, if it is known. */
  public Optional<String> tableOf(String index) {
    String plain = plain(index);
    return indexes.stream()
        .filter(known -> same(known.name(), plain))
        .map(Index::table)
        .findFirst();
  }

  /** Without its schema and its quotes. */
  static String plain(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.length() > 1 && "\"`".indexOf(last.charAt(0)) >= 0
        ? last.substring(1, last.length() - 1)
        : last.toLowerCase(Locale.ROOT);
  }

  private static boolean same(String stored, String written) {
    return stored.equalsIgnoreCase(written);
  }
}
