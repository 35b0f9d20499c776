package dev.kysera.migrations;

/**
 * An earlier attempt at a migration was interrupted, or failed, after something of it may have been
 * committed. No verb that writes goes on until somebody has looked and called {@link
 * MigrationMaintenance#resolve}. Nothing was changed.
 */
public final class InterruptedMigrationException extends MigrationException {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final String attempt;

  /**
   * Creates an exception.
   *
   * @param name the name of the migration
   * @param attempt the id of the open attempt in the journal
   * @param message what happened, what is certain and what to do next
   */
  public InterruptedMigrationException(String name, String attempt, String message) {
    super(message);
    this.name = name;
    this.attempt = attempt;
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
   * Returns the id of the open attempt, as {@link MigrationMaintenance#resolve} wants it.
   *
   * @return the id
   */
  public String attempt() {
    return attempt;
  }
}
