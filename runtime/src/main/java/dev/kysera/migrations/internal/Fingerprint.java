package dev.kysera.migrations.internal;

import org.jspecify.annotations.Nullable;

/**
 * What the code of one migration was when it was recorded, by the newest algorithm.
 *
 * @param up tells of its class without {@code down}; null if not known
 * @param down tells of {@code down}; null if not known
 */
record Fingerprint(@Nullable String up, @Nullable String down) {

  static final Fingerprint NONE = new Fingerprint(null, null);

  /** For people, and for whoever searches the journal. */
  @Override
  public String toString() {
    return (up == null ? "none" : up) + ", down " + (down == null ? "none" : down);
  }
}
