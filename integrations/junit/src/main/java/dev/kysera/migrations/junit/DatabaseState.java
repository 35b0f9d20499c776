package dev.kysera.migrations.junit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/**
 * What a migration must give back when it is undone.
 *
 * @param read the schema as it was read
 * @param schema the schema as text
 * @param rows how many rows each table has
 */
record DatabaseState(Schema read, SchemaSnapshot schema, SortedMap<String, Long> rows) {

  /**
   * Returns what is different now, a line each.
   *
   * @param now the later state
   * @param forgiven lines that may be new in it
   */
  List<String> differencesTo(DatabaseState now, Collection<String> forgiven) {
    List<String> differences = new ArrayList<>();
    for (SchemaDiff.Difference difference : schema.differencesTo(now.schema)) {
      String line = difference.heading() + ": " + difference.line();
      if (difference.side() != '+' || !forgiven.contains(line)) {
        differences.add(difference.toString());
      }
    }
    rows.forEach(
        (table, count) -> {
          Long counted = now.rows.get(table);
          if (counted != null && !counted.equals(count)) {
            differences.add("rows of %s: %d before, %d now".formatted(table, count, counted));
          }
        });
    return differences;
  }
}
