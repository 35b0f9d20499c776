package dev.kysera.migrations;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A migration failed and the run stopped. Its cause is what the migration threw. The message says
 * whether anything of the migration is left, what was completed before it and what was not run.
 */
public final class MigrationFailedException extends MigrationException {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final Direction direction;
  private final transient MigrationResult result;
  private final transient Optional<MigrationRehearsal> rehearsal;

  /**
   * Creates an exception.
   *
   * @param name the name of the migration
   * @param direction the way it was run
   * @param result what the run did
   * @param message what happened, what is certain and what to do next
   * @param cause what the migration threw, or null if it ended normally and left the run unable to
   *     go on
   */
  @SuppressWarnings("exports") // JSpecify is not needed to use this
  public MigrationFailedException(
      String name,
      Direction direction,
      MigrationResult result,
      String message,
      @Nullable Throwable cause) {
    this(name, direction, result, message, cause, Optional.empty());
  }

  /**
   * Creates an exception for a migration that failed while it was rehearsed.
   *
   * @param name the name of the migration
   * @param direction the way it was run
   * @param result what the rehearsal did
   * @param message what happened, what is certain and what to do next
   * @param cause what the migration threw, or null if it ended normally and could not be recorded
   * @param rehearsal what the rehearsal has shown up to the failure
   */
  @SuppressWarnings("exports") // JSpecify is not needed to use this
  public MigrationFailedException(
      String name,
      Direction direction,
      MigrationResult result,
      String message,
      @Nullable Throwable cause,
      MigrationRehearsal rehearsal) {
    this(name, direction, result, message, cause, Optional.of(rehearsal));
  }

  private MigrationFailedException(
      String name,
      Direction direction,
      MigrationResult result,
      String message,
      @Nullable Throwable cause,
      Optional<MigrationRehearsal> rehearsal) {
    super(message, cause);
    this.name = name;
    this.direction = direction;
    this.result = result;
    this.rehearsal = rehearsal;
  }

  /**
   * Returns the name of the migration.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns the way it was run.
   *
   * @return up or down
   */
  public Direction direction() {
    return direction;
  }

  /**
   * Returns what the run did: what was completed, what failed and what was not run.
   *
   * @return the result
   */
  public MigrationResult result() {
    return result;
  }

  /**
   * Returns what a rehearsal has shown up to the failure, the statement that failed included.
   *
   * @return the rehearsal, empty if this was none
   */
  public Optional<MigrationRehearsal> rehearsal() {
    return rehearsal;
  }
}
