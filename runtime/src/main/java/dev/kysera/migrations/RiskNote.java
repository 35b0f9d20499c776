package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

/**
 * What a statement of a migration would do to an application that is at work meanwhile.
 *
 * @param migration the name of the migration
 * @param rule the rule that has noticed it, such as {@code BlockingIndex}
 * @param statement the statement
 * @param message what happens, what to write instead, and how to accept it as it is
 */
public record RiskNote(String migration, String rule, String statement, String message) {

  /** Creates a note from all its parts. */
  public RiskNote {
    requireNonNull(migration, "migration");
    requireNonNull(rule, "rule");
    requireNonNull(statement, "statement");
    requireNonNull(message, "message");
  }

  /**
   * Returns the note for people.
   *
   * @return the rule, the migration and the message, and the statement below
   */
  @Override
  public String toString() {
    return "⚠️ [" + rule + "] " + migration + ": " + message + "\n" + statement.strip().indent(2);
  }
}
