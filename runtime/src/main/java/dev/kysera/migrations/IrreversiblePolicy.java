package dev.kysera.migrations;

/** What a down verb does with a migration that has no way back or is not in the code. */
public enum IrreversiblePolicy {
  /** It is skipped with a warning: its row stays, and the skip uses up its step. */
  SKIP,
  /** Nothing runs: the verb throws {@link IrreversibleMigrationException}. */
  REFUSE
}
