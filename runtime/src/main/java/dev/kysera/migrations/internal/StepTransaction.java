package dev.kysera.migrations.internal;

import dev.kysera.migrations.TransactionMode;

/** The transaction in which steps are recorded: one for each step, or one for the whole run. */
final class StepTransaction {

  private final Session session;
  private final boolean perRun;
  private boolean runIsOpen;

  StepTransaction(Session session, TransactionMode mode) {
    this.session = session;
    this.perRun = mode == TransactionMode.PER_RUN;
  }

  boolean isPerRun() {
    return perRun;
  }

  /** Says whether the transaction of the run is open, with what earlier steps have done. */
  boolean isRunOpen() {
    return runIsOpen;
  }

  /**
   * Begins the transaction, unless that of the run is open.
   *
   * @return whether it was begun now
   */
  boolean begin() {
    if (runIsOpen) {
      return false;
    }
    session.begin();
    runIsOpen = perRun;
    return true;
  }

  /** Begins another one after a migration has ended it. */
  void beginAgain() {
    runIsOpen = false;
    begin();
  }

  void commitStep() {
    if (!perRun) {
      session.commit();
    }
  }

  void commitRun() {
    if (runIsOpen) {
      session.commit();
      runIsOpen = false;
    }
  }

  void rollBack() {
    session.rollbackQuietly();
    runIsOpen = false;
  }
}
