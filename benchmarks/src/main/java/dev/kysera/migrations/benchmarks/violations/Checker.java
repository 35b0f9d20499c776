package dev.kysera.migrations.benchmarks.violations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what a tool says with what is there. */
final class Checker {

  private Checker() {}

  /**
   * Finds what is broken of I1, I2, I3, I4 and I6.
   *
   * @param effects the effect of each migration
   */
  static List<Violation> check(History history, Map<String, Effect> effects) {
    List<Violation> found = new ArrayList<>();
    effects.forEach(
        (name, effect) -> {
          if (history.executed().contains(name)) {
            if (effect != Effect.COMPLETE) {
              found.add(violation(Invariant.I1, name + " is executed", effect, history));
            }
          } else if (!history.isOpen(name) && effect != Effect.NONE) {
            found.add(
                violation(Invariant.I2, name + " is neither executed nor open", effect, history));
          }
          if (effect == Effect.TWICE) {
            found.add(violation(Invariant.I6, name + " ran twice", effect, history));
          }
        });
    for (History.Attempt attempt : history.open()) {
      Effect effect = effects.getOrDefault(attempt.name(), Effect.NONE);
      if (attempt.clean() && effect != Effect.NONE) {
        found.add(violation(Invariant.I3, attempt.name() + " is open and clean", effect, history));
      }
      if (history.open().size() > 1 || history.executed().contains(attempt.name())) {
        found.add(
            violation(Invariant.I4, attempt.name() + " is not the only one open", effect, history));
      }
    }
    Set<String> seen = new HashSet<>();
    for (String name : history.executed()) {
      if (!seen.add(name)) {
        found.add(new Violation(Invariant.I6, name + " is executed more than once in " + history));
      }
    }
    return found;
  }

  private static Violation violation(
      Invariant invariant, String claim, Effect effect, History history) {
    return new Violation(
        invariant,
        "%s, effect %s; executed %s, open %s"
            .formatted(claim, effect, history.executed(), history.open()));
  }
}
