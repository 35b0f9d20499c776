package dev.kysera.migrations;

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
    super(message, cause);
    this.name = name;
    this.direction = direction;
    this.result = result;
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
}
