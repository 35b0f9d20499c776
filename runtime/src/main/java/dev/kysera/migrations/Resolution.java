package dev.kysera.migrations;

/** What somebody who has looked at the database decides about an interrupted attempt. */
public enum Resolution {
  /** The migration is complete: it is recorded so, going up or going down. */
  MARK_EXECUTED,
  /** Nothing of it is left: the history stays as it was before the attempt. */
  MARK_NOT_EXECUTED,
  /** Nothing of it is left, and it is run again at once. */
  RERUN
}
