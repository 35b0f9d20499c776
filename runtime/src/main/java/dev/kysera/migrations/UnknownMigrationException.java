package dev.kysera.migrations;

/**
 * A name was given to a verb that cannot go there: no migration has it, or, for {@code downTo}, the
 * migration is pending. The message offers names that are near. Nothing was changed.
 */
public final class UnknownMigrationException extends MigrationException {

  private static final long serialVersionUID = 1L;

  private final String name;

  /**
   * Creates an exception.
   *
   * @param name the name that was asked for
   * @param message what happened, what is certain and what to do next
   */
  public UnknownMigrationException(String name, String message) {
    super(message);
    this.name = name;
  }

  /**
   * Returns the name that was asked for.
   *
   * @return the name
   */
  public String name() {
    return name;
  }
}
