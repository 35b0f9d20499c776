package dev.kysera.migrations;

import java.util.Optional;

/**
 * Another run held the lock for longer than {@link MigrationOptions#lockTimeout()}, or the waiting
 * was interrupted. Nothing of the waiting migration was changed.
 */
public final class MigrationLockException extends MigrationException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<String> holder;

  /**
   * Creates an exception.
   *
   * @param holder who holds the lock, where the database tells
   * @param message what happened, what is certain and what to do next
   */
  public MigrationLockException(Optional<String> holder, String message) {
    super(message);
    this.holder = holder;
  }

  /**
   * Returns who holds the lock, as {@code host/pid/thread}.
   *
   * @return the holder, empty where the database does not tell
   */
  public Optional<String> holder() {
    return holder;
  }
}
