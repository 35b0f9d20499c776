package dev.kysera.migrations.internal;

import dev.kysera.migrations.internal.Dialect.Liveness;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attempts that runs of this JVM are working on. It answers for databases that cannot tell
 * whether a session lives, as far as the owner is this JVM; of others it knows nothing.
 */
final class LiveAttempts {

  /** What tells this JVM from every other, also from an earlier one of the same process id. */
  static final String JVM = "jvm-" + UUID.randomUUID();

  private static final Set<String> IDS = ConcurrentHashMap.newKeySet();

  private LiveAttempts() {}

  static void begin(String id) {
    IDS.add(id);
  }

  static void end(String id) {
    IDS.remove(id);
  }

  static Liveness liveness(OpenAttempt attempt) {
    if (!attempt.sessionRef().equals(JVM)) {
      return Liveness.UNKNOWN;
    }
    return IDS.contains(attempt.id()) ? Liveness.ALIVE : Liveness.DEAD;
  }
}
