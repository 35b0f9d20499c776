package dev.kysera.migrations;

/** How the migrations of one run are divided into transactions. */
public enum TransactionMode {
  /** Each migration and its row in the history are one transaction. */
  PER_MIGRATION,
  /**
   * All migrations of a run are one transaction: all or none. Refused before the first step on a
   * database that commits on DDL, and for a migration that must run outside a transaction.
   */
  PER_RUN
}
