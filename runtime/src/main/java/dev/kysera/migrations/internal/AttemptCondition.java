package dev.kysera.migrations.internal;

import java.util.Optional;

/** What an open attempt is at the moment, as far as the database tells. */
enum AttemptCondition {
  /** Its owner is at work. */
  RUNNING,
  /** Its owner is at work, or gone. */
  RUNNING_OR_INTERRUPTED,
  /** Its owner is gone and has committed nothing. The next run clears it away. */
  INTERRUPTED_CLEAN,
  /** Its owner is gone and may have committed something. */
  INTERRUPTED,
  /** Its owner has recorded that it failed and may have committed something. */
  FAILED;

  /**
   * Looks at an attempt.
   *
   * @return empty if it ended meanwhile
   */
  static Optional<AttemptCondition> of(OpenAttempt attempt, OpenSlot slot) {
    if (!attempt.started()) {
      return Optional.of(FAILED);
    }
    return switch (slot.liveness(attempt)) {
      case ALIVE -> Optional.of(RUNNING);
      case UNKNOWN -> Optional.of(RUNNING_OR_INTERRUPTED);
      case DEAD ->
          slot.isStillOpen(attempt)
              ? Optional.of(attempt.dirty() ? INTERRUPTED : INTERRUPTED_CLEAN)
              : Optional.empty();
    };
  }

  /** Whether somebody may be at work on it, who holds others up. */
  boolean mayBeRunning() {
    return this == RUNNING || this == RUNNING_OR_INTERRUPTED;
  }

  /** Whether the migration may be half done and nobody is at work on it. */
  boolean needsDecision() {
    return this == INTERRUPTED || this == FAILED;
  }
}
