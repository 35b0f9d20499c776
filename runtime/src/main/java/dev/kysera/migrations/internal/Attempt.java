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
 */
record Attempt(String id, String name, Direction direction, Mode mode) {

  /** How an attempt is protected against being half done without a trace. */
  enum Mode {
    /** The database rolls back everything: journal, effect and history are one transaction. */
    ATOMIC,
    /**
     * DDL commits: the claim is committed first, and an uncommitted mark in it, the witness,
     * becomes visible with the first thing that the migration commits.
     */
    WITNESSED,
    /** The migration runs outside a transaction: the claim says from the start that it is dirty. */
    UNPROTECTED
  }

  static Attempt at(String name, Direction direction, Mode mode) {
    return new Attempt(UUID.randomUUID().toString(), name, direction, mode);
  }
}
