package dev.kysera.migrations;

/**
 * A migration has no way back. Thrown by {@code redo}, and by the down verbs with {@link
 * IrreversiblePolicy#REFUSE} before anything runs. A {@code down} that throws it says so itself:
 * the verb then stops with a {@link MigrationFailedException} that has it as its cause.
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
