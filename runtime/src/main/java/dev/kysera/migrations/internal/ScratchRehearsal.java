package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationRehearsal;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.recording.Recorder;
import dev.kysera.migrations.internal.risk.ExistingTables;
import dev.kysera.migrations.internal.risk.RiskReview;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings an empty database to where the database is, and runs there what is pending. Everything
 * stays: the database is one that nobody needs.
 */
final class ScratchRehearsal {

  /**
   * The database that is not touched.
   *
   * @param place what tells it from others
   * @param existing its tables
   */
  private record Original(
      Snapshot seen,
      MigrationPlan plan,
      Tables tables,
      Dialect dialect,
      String place,
      ExistingTables existing,
      List<ScriptedBookkeeping.Bound> missing) {}

  private final Jdbi jdbi;
  private final RunContext context;
  private final Jdbi scratch;
  private final MigrationOptions scripted;

  ScratchRehearsal(Jdbi jdbi, RunContext context, Jdbi scratch, MigrationOptions scripted) {
    this.jdbi = jdbi;
    this.context = context;
    this.scratch = scratch;
    this.scripted = scripted;
  }

  /**
   * Rehearses.
   *
   * @throws MigrationFailedException if a migration failed
   */
  MigrationRehearsal run() {
    Original original = jdbi.withHandle(handle -> look(Session.on(handle)));
    if (original.plan().steps().isEmpty()) {
      return Rehearsal.nothingToDo(context, original.dialect());
    }
    if (context.options().dryRun()) {
      return Rehearsal.planned(original.plan(), context, original.dialect());
    }
    Recorder recorder = Recorder.writing();
    return recorder.withHandle(scratch, handle -> rehearse(handle, original, recorder));
  }

  private Original look(Session session) {
    Planning planning = new Planning(new Verb.Up(), session, context);
    Snapshot seen = planning.read();
    MigrationPlan plan = planning.plan(seen);
    VerbExecution.warn(MigrationState.of(context.registry(), seen), context);
    HistoryReader reader = planning.reader();
    reader.resolveSchema(seen.presence());
    Dialect dialect = session.dialect();
    ExistingTables existing = dialect.existingTables(session.statements());
    List<ScriptedBookkeeping.Bound> missing =
        new ScriptedBookkeeping(dialect, reader.tables())
            .missingTables(session.statements(), seen.presence());
    String place = place(session);
    session.endRead();
    return new Original(seen, plan, reader.tables(), dialect, place, existing, missing);
  }

  private static String place(Session session) {
    try {
      return session.connection().getMetaData().getURL()
          + " "
          + session.connection().getCatalog()
          + " "
          + session.statements().catalog().currentSchema();
    } catch (SQLException e) {
      throw session.statements().failed("asking for the URL", e);
    }
  }

  private MigrationRehearsal rehearse(Handle handle, Original original, Recorder recorder) {
    if (!recorder.isConnected()) {
      throw new MigrationException(RehearsalTexts.needsHandleOfItsOwn());
    }
    requireFit(Session.on(handle), original);
    prepare(original);
    RehearsalFindings findings =
        new RehearsalFindings(
            recorder,
            context.registry(),
            original.dialect(),
            new RiskReview(original.dialect().syntax(), original.existing()));
    Session session = Session.on(handle);
    Registry recorded =
        context
            .registry()
            .each(
                (name, migration) ->
                    new RecordedMigration(
                        name,
                        migration,
                        recorder,
                        () -> session.dialect().lockWatch(session.statements())));
    try {
      List<MigrationOutcome> outcomes =
          new Run(scratch, recorded, options()).execute(new Verb.Up()).outcomes();
      context.log().info(RehearsalTexts.rehearsedOnScratch(outcomes.size()));
      return findings.tell(outcomes, script(original, findings, outcomes), false);
    } catch (MigrationFailedException e) {
      throw new MigrationFailedException(
          e.name(),
          e.direction(),
          e.result(),
          RehearsalTexts.failedOnScratch(String.valueOf(e.getMessage())),
          e.getCause(),
          findings.tell(
              e.result().outcomes(), script(original, findings, e.result().outcomes()), false));
    }
  }

  /** Nothing of a database that somebody needs must be changed for ever. */
  private static void requireFit(Session session, Original original) {
    if (!session.dialect().product().equals(original.dialect().product())) {
      throw new MigrationException(
          RehearsalTexts.anotherProduct(original.dialect(), session.dialect()));
    }
    if (place(session).equals(original.place())) {
      throw new MigrationException(RehearsalTexts.sameDatabase());
    }
    List<String> tables = session.statements().catalog().tables();
    session.endRead();
    if (!tables.isEmpty()) {
      throw new MigrationException(RehearsalTexts.notEmpty(tables));
    }
  }

  /** Runs there what is executed here. */
  private void prepare(Original original) {
    Set<String> executed = new HashSet<>();
    original.seen().rows().forEach(row -> executed.add(row.name()));
    Registry before = context.registry().only(executed::contains);
    if (before.size() == 0) {
      return;
    }
    try {
      new Run(scratch, before, quietly()).execute(new Verb.Up());
    } catch (MigrationException e) {
      throw new MigrationException(
          RehearsalTexts.scratchNotReady(String.valueOf(e.getMessage())), e);
    }
  }

  private MigrationOptions quietly() {
    return options().toBuilder().logger(line -> {}).build();
  }

  /** The listeners are told of runs on the database alone. */
  private MigrationOptions options() {
    MigrationOptions asked = context.options();
    MigrationOptions.Builder options =
        MigrationOptions.builder()
            .tableName(asked.tableName())
            .outOfOrder(true)
            .lockTimeout(asked.lockTimeout())
            .ddlLockTimeout(asked.ddlLockTimeout());
    asked.logger().ifPresent(options::logger);
    asked.statementTimeout().ifPresent(options::statementTimeout);
    return options.build();
  }

  /** For the database, not for the scratch one: its tables, and what its rows lack. */
  private String script(
      Original original, RehearsalFindings findings, List<MigrationOutcome> outcomes) {
    Dialect dialect = original.dialect();
    ScriptedBookkeeping bookkeeping = new ScriptedBookkeeping(dialect, original.tables());
    RehearsalScript script =
        new RehearsalScript(dialect.scriptFrame(original.tables(), scripted), dialect.syntax());
    Rehearsal.open(script, original.plan(), dialect)
        .bookkeeping("The history and its journal", original.missing())
        .bookkeeping(
            "Rows of the history that the journal did not know",
            bookkeeping.adopted(original.seen().strangers()))
        .bookkeeping(
            "Migrations that have another name now",
            bookkeeping.renamed(original.seen().renamed()));
    List<String> left = new ArrayList<>();
    for (MigrationStep step : original.plan().steps()) {
      String name = step.name();
      boolean completed =
          outcomes.stream()
              .anyMatch(
                  outcome ->
                      outcome.name().equals(name)
                          && outcome.state() == MigrationOutcome.State.COMPLETED);
      if (completed) {
        script.migration(
            name,
            findings.isTransactional(name),
            findings.of(name),
            List.of(),
            bookkeeping.executed(name, context.registry().fingerprint(name), false));
      } else {
        left.add(name);
      }
    }
    if (!left.isEmpty()) {
      script.comment("").comment(RehearsalTexts.notInScript(left));
    }
    return script.text();
  }
}
