package dev.kysera.migrations;

/**
 * The history and the code do not fit: migrations are out of order, or the history holds some that
 * are not in the code and are not newer than it, or one under two names, or one that was edited and
 * must not be. The message lists each with its remedy. Nothing is run from then on.
 */
public final class InconsistentHistoryException extends MigrationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened, what is certain and what to do next
   */
  public InconsistentHistoryException(String message) {
    super(message);
  }
}
