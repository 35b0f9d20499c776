package dev.kysera.migrations;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reading or writing the history or the journal failed. The message names the statement and the
 * SQLState; the cause is the driver's exception.
 */
public final class HistoryException extends MigrationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened, what is certain and what to do next
   * @param cause the driver's exception, or null if our own check found the fault
   */
  @SuppressWarnings("exports") // JSpecify is not needed to use this
  public HistoryException(String message, @Nullable SQLException cause) {
    super(message, cause);
  }

  /**
   * Returns the SQLState of the driver's exception.
   *
   * @return the state, empty if there is none
   */
  public Optional<String> sqlState() {
    return getCause() instanceof SQLException cause
        ? Optional.ofNullable(cause.getSQLState())
        : Optional.empty();
  }
}
