package dev.kysera.migrations;

/** What somebody who has looked at the database decides about an interrupted attempt. */
public enum Resolution {
  /**
   * The attempt is complete. Going up, the migration is recorded as executed; going down, its row
   * is taken away.
   */
  MARK_EXECUTED,
  /**
   * Nothing of the attempt is left, and the history stays as it was before: going up, the migration
   * is pending; going down, it is still executed.
   */
  MARK_NOT_EXECUTED,
  /** Nothing of the attempt is left, and it is made again at once, with the code as it is now. */
  RERUN
}
