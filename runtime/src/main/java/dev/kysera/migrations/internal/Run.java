package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationResult;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * One call of a verb that writes: one handle from beginning to end, and a second one only if the
 * session of the first is lost in the middle of a migration.
 */
public final class Run {

  private final Jdbi jdbi;
  private final Registry registry;
  private final MigrationOptions options;
  private final long startedAt = System.nanoTime();
  private boolean interrupted;

  /**
   * Prepares one run. Nothing is opened yet.
   *
   * @param jdbi opens the handle
   * @param registry the migrations of the code
   * @param options how to run them
   */
  public Run(Jdbi jdbi, Registry registry, MigrationOptions options) {
    this.jdbi = jdbi;
    this.registry = registry;
    this.options = options;
  }

  Registry registry() {
    return registry;
  }

  MigrationOptions options() {
    return options;
  }

  /** When the run began, by the monotonic clock. */
  long startedAt() {
    return startedAt;
  }

  /** Runs everything that is pending, which is mostly nothing. */
  public MigrationResult up() {
    return options.dryRun() ? execute(new Verb.Up()) : withHandle(new UpOnHandle(this));
  }

  /** Does what a verb asks for. */
  public MigrationResult execute(Verb verb) {
    verb.requireValid(registry);
    RunContext context = RunContext.of(registry, options);
    if (options.dryRun()) {
      context.log().info(Lines.DRY_RUN);
    }
    return withHandle(
        handle -> new VerbExecution(verb, Session.on(handle), context, this).execute());
  }

  private MigrationResult withHandle(HandleCallback<MigrationResult, RuntimeException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (SessionLostException lost) {
      throw new Aftermath(jdbi, RunContext.of(registry, options)).settle(lost);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Notes that an interrupt came during a migration. Its thread gets it back when the handle is
   * closed.
   */
  void holdInterrupt() {
    interrupted = true;
  }
}
