package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationResult;
import org.jdbi.v3.core.Jdbi;

/**
 * One call of a verb that writes: one handle from beginning to end, and a second one only if the
 * session of the first is lost in the middle of a migration.
 */
public final class Run {

  private final Jdbi jdbi;
  private final RunContext context;

  /**
   * Prepares one run. Nothing is opened yet.
   *
   * @param jdbi opens the handle
   * @param registry the migrations of the code
   * @param options how to run them
   */
  public Run(Jdbi jdbi, Registry registry, MigrationOptions options) {
    this.jdbi = jdbi;
    this.context = RunContext.of(registry, options);
  }

  /** Does what a verb asks for. */
  public MigrationResult execute(Verb verb) {
    verb.requireValid(context.registry());
    if (context.options().dryRun()) {
      context.log().info(Lines.DRY_RUN);
    }
    VerbOnHandle work = new VerbOnHandle(verb, context);
    try {
      return jdbi.withHandle(work);
    } catch (SessionLostException lost) {
      throw new Aftermath(jdbi, context).settle(lost);
    } finally {
      if (work.wasInterrupted()) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
