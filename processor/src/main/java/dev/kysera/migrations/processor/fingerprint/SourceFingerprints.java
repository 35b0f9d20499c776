package dev.kysera.migrations.processor.fingerprint;

import java.util.Optional;

/**
 * The fingerprints of a migration, each as {@code 1:} and 64 hexadecimal digits. Those of a newer
 * algorithm would stand behind a comma.
 *
 * @param up that of its class without the method {@code down}; empty where the source is not seen
 * @param down that of its method {@code down}; empty also where it has none of its own
 */
public record SourceFingerprints(Optional<String> up, Optional<String> down) {

  /** Those of a source that is not seen. */
  public static final SourceFingerprints NONE =
      new SourceFingerprints(Optional.empty(), Optional.empty());
}
