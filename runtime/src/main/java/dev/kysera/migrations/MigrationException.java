package dev.kysera.migrations;

import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A migration, or the run around it, could not be done. The message says what happened, what is
 * certain and what to do next.
 */
public class MigrationException extends JdbiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened, what is certain and what to do next
   */
  public MigrationException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what happened, what is certain and what to do next
   * @param cause what was thrown, or null
   */
  @SuppressWarnings("exports") // JSpecify is not needed to use this
  public MigrationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
