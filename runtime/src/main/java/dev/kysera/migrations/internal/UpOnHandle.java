package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationResult;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * What {@code up} does on its handle. Each start of an application asks for it, and mostly it ends
 * with the first look: the classes of the whole road are loaded only behind it.
 */
final class UpOnHandle implements HandleCallback<MigrationResult, RuntimeException> {

  private final Run run;

  UpOnHandle(Run run) {
    this.run = run;
  }

  @Override
  public MigrationResult withHandle(Handle handle) {
    Session session = Session.on(handle);
    if (FirstLook.findsAllExecuted(session, run.registry(), run.options())) {
      report(new RunLog(run.options()));
      return new MigrationResult(
          Direction.UP, List.of(), Duration.ofNanos(System.nanoTime() - run.startedAt()), false);
    }
    return new VerbExecution(
            new Verb.Up(), session, RunContext.of(run.registry(), run.options()), run)
        .execute();
  }

  private void report(RunLog log) {
    if (log.hearsReports()) {
      List<String> names =
          run.registry().definitions().stream().map(MigrationDefinition::name).toList();
      log.report(Lines.alreadyExecuted(names.size()));
      log.debug(Lines.alreadyExecuted(names));
      log.report(Lines.NO_PENDING);
    }
  }
}
