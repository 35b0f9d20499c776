package dev.kysera.migrations.internal;

/** What is certain after a migration has failed. */
enum Certainty {
  /** It was not begun. */
  NOT_BEGUN,
  /** It was rolled back, or had committed nothing. */
  NOTHING_LEFT,
  /** Something of it may be committed; the attempt stays open. */
  MAY_BE_PARTIAL,
  /** It is complete and recorded; only the run could not go on. */
  COMPLETE,
  /** The journal cannot be read. */
  UNRECORDED
}
