package dev.kysera.migrations.benchmarks.violations;

import java.util.List;

/**
 * What the tables of a tool say.
 *
 * @param executed the names that it takes for executed, a name for each row
 * @param open the attempts that it knows as begun and not ended well
 */
record History(List<String> executed, List<Attempt> open) {

  static final History EMPTY = new History(List.of(), List.of());

  /**
   * An attempt at a migration that is running, was interrupted or has failed.
   *
   * @param name the migration
   * @param clean whether the tool is sure that nothing of it was committed
   */
  record Attempt(String name, boolean clean) {}

  boolean isOpen(String name) {
    return open.stream().anyMatch(attempt -> attempt.name().equals(name));
  }
}
