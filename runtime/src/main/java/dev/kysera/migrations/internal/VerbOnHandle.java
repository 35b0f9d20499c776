package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationResult;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * What a verb does on its handle. Going up, which each start of an application asks for, ends here
 * if the first look shows that nothing is to be done; the classes of the whole road are loaded only
 * behind it.
 */
final class VerbOnHandle implements HandleCallback<MigrationResult, RuntimeException> {

  private final Verb verb;
  private final RunContext context;
  private final long startedAt = System.nanoTime();
  private boolean interrupted;

  VerbOnHandle(Verb verb, RunContext context) {
    this.verb = verb;
    this.context = context;
  }

  boolean wasInterrupted() {
    return interrupted;
  }

  @Override
  public MigrationResult withHandle(Handle handle) {
    Session session = Session.on(handle);
    if (verb.goesUp()
        && !context.options().dryRun()
        && FirstLook.findsAllExecuted(session, context)) {
      reportAllExecuted();
      return new MigrationResult(
          Direction.UP, List.of(), Duration.ofNanos(System.nanoTime() - startedAt), false);
    }
    VerbExecution execution = new VerbExecution(verb, session, context, startedAt);
    try {
      return execution.run();
    } finally {
      interrupted = execution.wasInterrupted();
    }
  }

  private void reportAllExecuted() {
    if (context.log().hearsReports()) {
      List<String> names =
          context.registry().definitions().stream().map(MigrationDefinition::name).toList();
      context.log().report(Lines.alreadyExecuted(names.size()));
      context.log().debug(Lines.alreadyExecuted(names));
      context.log().report(Lines.NO_PENDING);
    }
  }
}
