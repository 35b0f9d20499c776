package dev.kysera.migrations.benchmarks.starts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The turn of a contestant in a round. */
record Turn(int round, Entrant entrant) {

  private static final long SEED = 20_260_101;

  /** Lets each have one turn in each round, in an order that is mixed, and the same every time. */
  static List<Turn> shuffled(Collection<Entrant> entrants, int rounds) {
    Random random = new Random(SEED);
    List<Turn> turns = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<Entrant> order = new ArrayList<>(entrants);
      Collections.shuffle(order, random);
      for (Entrant entrant : order) {
        turns.add(new Turn(round, entrant));
      }
    }
    return turns;
  }
}
