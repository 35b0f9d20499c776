package dev.kysera.migrations;

/**
 * A migration has no way back. Thrown by the default {@link JdbiMigration#down}, by {@code redo},
 * and by the down verbs with {@link IrreversiblePolicy#REFUSE} before anything runs.
 */
public final class IrreversibleMigrationException extends MigrationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened, what is certain and what to do next
   */
  public IrreversibleMigrationException(String message) {
    super(message);
  }
}
