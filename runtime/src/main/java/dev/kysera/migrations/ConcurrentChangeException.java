package dev.kysera.migrations;

/**
 * Another run has changed the history while a down verb was undoing it: the last executed migration
 * is no longer the one that was about to be undone. The steps before it stay done.
 */
public final class ConcurrentChangeException extends MigrationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened, what is certain and what to do next
   */
  public ConcurrentChangeException(String message) {
    super(message);
  }
}
