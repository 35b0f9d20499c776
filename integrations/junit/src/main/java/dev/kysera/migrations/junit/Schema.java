package dev.kysera.migrations.junit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a reader has found in a database.
 *
 * @param product the name of the database product
 * @param objects what a snapshot shows, sorted
 * @param tables the SQL name of each table that holds rows, by the name that a snapshot shows
 * @param drops the statement that drops each object, by its heading, in an order that works
 * @param historyDrops the statements that drop the tables of the migrations themselves
 */
record Schema(
    String product,
    List<SchemaObject> objects,
    SortedMap<String, String> tables,
    Map<String, String> drops,
    List<String> historyDrops) {

  /** The statements that drop all but those objects, and the tables of the migrations. */
  List<String> dropsOfAllBut(Collection<String> headings) {
    List<String> statements =
        new ArrayList<>(
            drops.entrySet().stream()
                .filter(drop -> !headings.contains(drop.getKey()))
                .map(Map.Entry::getValue)
                .toList());
    statements.addAll(0, historyDrops);
    return statements;
  }
}
