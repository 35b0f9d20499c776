package dev.kysera.migrations.internal;

import dev.kysera.migrations.internal.Dialect.Liveness;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attempts that runs of this JVM are working on. It answers for databases that cannot tell
 * whether a session lives, as far as the owner is this JVM; of others it knows nothing.
 */
final class LiveAttempts {

  private static final String PREFIX = "jvm-";

  /** What tells this JVM from every other, also from an earlier one of the same process id. */
  static final String JVM = PREFIX + UUID.randomUUID();

  private static final Map<String, Thread> OWNERS = new ConcurrentHashMap<>();

  private LiveAttempts() {}

  static void begin(String id) {
    OWNERS.put(id, Thread.currentThread());
  }

  static void end(String id) {
    OWNERS.remove(id);
  }

  /** Says whether this JVM works on the attempt. */
  static boolean has(OpenAttempt attempt) {
    return OWNERS.containsKey(attempt.id());
  }

  /** Says whether the reference to a session names a JVM, this one or another. */
  static boolean isRefOfAnyJvm(String sessionRef) {
    return sessionRef.startsWith(PREFIX);
  }

  static Liveness liveness(OpenAttempt attempt) {
    if (!attempt.sessionRef().equals(JVM)) {
      return Liveness.UNKNOWN;
    }
    return has(attempt) ? Liveness.ALIVE : Liveness.DEAD;
  }

  /**
   * Says whether this very thread is at work on the attempt: waiting for it would last for ever.
   */
  static boolean isOwn(OpenAttempt attempt) {
    return OWNERS.get(attempt.id()) == Thread.currentThread();
  }
}
