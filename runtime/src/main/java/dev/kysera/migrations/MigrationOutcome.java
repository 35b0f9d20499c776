package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of a step.
 *
 * @param name the name of the migration
 * @param direction up or down
 * @param state what became of it
 * @param duration how long its body ran; zero if it did not
 * @param error why it failed; present if and only if it did
 */
public record MigrationOutcome(
    String name, Direction direction, State state, Duration duration, Optional<Throwable> error) {

  /** What can become of a step. */
  public enum State {
    /** It ran, and the history says so. */
    COMPLETED,
    /** It failed; the exception says what is left of it. */
    FAILED,
    /** It was passed over: it has no way back, is not in the code, or another run did it. */
    SKIPPED,
    /** An earlier step failed. */
    NOT_RUN,
    /** A dry run: it would run. */
    PLANNED,
    /** It was recorded as executed without running. */
    BASELINED,
    /** It ran, and was rolled back because a later step of the same transaction failed. */
    ROLLED_BACK
  }

  /** Creates an outcome from all its parts. */
  public MigrationOutcome {
    requireNonNull(name, "name");
    requireNonNull(direction, "direction");
    requireNonNull(state, "state");
    requireNonNull(duration, "duration");
    requireNonNull(error, "error");
  }

  /** Names the type of the error only: its text may hold values that belong into no log. */
  @Override
  public String toString() {
    return "MigrationOutcome[name=%s, direction=%s, state=%s, duration=%s, error=%s]"
        .formatted(
            name,
            direction,
            state,
            duration,
            error.map(thrown -> thrown.getClass().getName()).orElse("none"));
  }
}
