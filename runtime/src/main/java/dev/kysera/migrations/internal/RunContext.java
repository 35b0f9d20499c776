package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import java.util.function.Function;

/**
 * What every part of a run needs.
 *
 * @param registry the migrations of the code
 * @param options how to run them
 * @param log where lines go
 * @param listeners who is told
 */
record RunContext(Registry registry, MigrationOptions options, RunLog log, Listeners listeners) {

  static RunContext of(Registry registry, MigrationOptions options) {
    RunLog log = new RunLog(options);
    return new RunContext(registry, options, log, new Listeners(options.listeners(), log));
  }

  /** Does something that may have to wait for another run. */
  <T> T waiting(Function<LockWait, T> work) {
    try (LockWait wait = newWait()) {
      return work.apply(wait);
    }
  }

  LockWait newWait() {
    return new LockWait(options.lockTimeout(), log, listeners);
  }
}
