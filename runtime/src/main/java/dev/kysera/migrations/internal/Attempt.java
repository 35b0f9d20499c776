package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import java.util.UUID;

/**
 * One try at running a migration, as the journal records it.
 *
 * @param id a random id
 * @param name the name of the migration
 * @param direction the way it is run
 * @param mode how it is protected
 * @param sign the {@link SignOfLife} of its owner, empty if it gives none
 * @param superseded the id of an attempt that was left half done and whose migration may be run
 *     again all the same, empty if there is none
 * @param fingerprint what the code of the migration is
 */
record Attempt(
    String id,
    String name,
    Direction direction,
    Mode mode,
    String sign,
    String superseded,
    Fingerprint fingerprint) {

  static final Attempt NONE =
      new Attempt("", "", Direction.UP, Mode.ATOMIC, "", "", Fingerprint.NONE);

  /** How an attempt is protected against being half done without a trace. */
  enum Mode {
    /** The database rolls back everything: journal, effect and history are one transaction. */
    ATOMIC,
    /**
     * DDL commits, or nothing is exclusive before a commit: the claim is committed first, and an
     * uncommitted mark in it, the witness, becomes visible with the first thing that the migration
     * commits.
     */
    WITNESSED,
    /** The migration runs outside a transaction: the claim says from the start that it is dirty. */
    UNPROTECTED
  }

  static Attempt at(
      String name, Direction direction, Mode mode, String sign, Fingerprint fingerprint) {
    return new Attempt(UUID.randomUUID().toString(), name, direction, mode, sign, "", fingerprint);
  }

  /** One that runs nothing: it holds the slot while rows are written, which keeps others away. */
  static Attempt holding(String name) {
    return at(name, Direction.UP, Mode.ATOMIC, "", Fingerprint.NONE);
  }

  /** The same attempt, in the place of one that was left half done. */
  Attempt superseding(OpenAttempt abandoned) {
    return new Attempt(id, name, direction, mode, sign, abandoned.id(), fingerprint);
  }

  /**
   * Says whether something may be left of this migration whatever becomes of this attempt: an
   * earlier one left it, and its trace is in this attempt alone.
   */
  boolean inheritsRemains() {
    return !superseded.isEmpty() && mode != Mode.ATOMIC;
  }
}
