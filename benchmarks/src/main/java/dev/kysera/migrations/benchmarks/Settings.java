package dev.kysera.migrations.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * How much is measured.
 *
 * @param folder where what is generated goes
 * @param rounds how often each contestant has its turn
 * @param sizes the numbers of migrations
 * @param elsewhere those of them that are measured in other ways than cold on PostgreSQL too
 * @param applied how many migrations are applied to an empty database
 * @param growth how many the leanest apply, to see how the time grows; 0 for not at all
 */
public record Settings(
    Path folder,
    int rounds,
    List<Integer> sizes,
    List<Integer> elsewhere,
    int applied,
    int growth) {

  private static final int MANY = 1000;
  private static final int ROUNDS = 5;
  private static final int QUICK_ROUNDS = 2;

  /** All of it. */
  public static Settings full(Path folder) {
    return new Settings(
        folder, ROUNDS, List.of(10, 100, 1000, 10_000), List.of(10, 1000), 1000, 5000);
  }

  /** A look. */
  public static Settings quick(Path folder) {
    return new Settings(folder, QUICK_ROUNDS, List.of(10, 100), List.of(100), 100, 0);
  }

  /** How often with so many migrations. */
  public int rounds(int migrations) {
    return migrations > MANY ? fewerRounds() : rounds;
  }

  /** How often where a turn takes long, or tells little that is new. */
  public int fewerRounds() {
    return (rounds + 1) / 2;
  }

  /** The same with another number of rounds. */
  public Settings withRounds(int number) {
    return new Settings(folder, number, sizes, elsewhere, applied, growth);
  }
}
