package dev.kysera.migrations.benchmarks.violations;

import java.util.Arrays;

/** What is there of all that a migration makes. */
enum Effect {
  NONE,
  /** Something of it, or something of it more than once. */
  PARTIAL,
  COMPLETE,
  /** All of it more than once. */
  TWICE;

  /** Takes how often each part is there. */
  static Effect of(int... parts) {
    if (Arrays.stream(parts).allMatch(part -> part == 0)) {
      return NONE;
    }
    if (Arrays.stream(parts).allMatch(part -> part == 1)) {
      return COMPLETE;
    }
    return Arrays.stream(parts).allMatch(part -> part > 1) ? TWICE : PARTIAL;
  }
}
