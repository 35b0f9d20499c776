package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationRehearsal;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.Dialect.Presence;
import dev.kysera.migrations.internal.Dialect.Refusal;
import dev.kysera.migrations.internal.ScriptedBookkeeping.Bound;
import dev.kysera.migrations.internal.recording.Recorder;
import dev.kysera.migrations.internal.risk.RiskReview;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is pending in one transaction, with its bookkeeping, and rolls it back. It is alone
 * meanwhile, as a run is.
 */
final class TransactionRehearsal {

  private final Session session;
  private final RunContext context;
  private final Recorder recorder;
  private final MigrationOptions scripted;
  private final Dialect dialect;
  private final Planning planning;
  private final HistoryReader reader;
  private final long startedAt = System.nanoTime();

  TransactionRehearsal(
      Session session, RunContext context, Recorder recorder, MigrationOptions scripted) {
    this.session = session;
    this.context = context;
    this.recorder = recorder;
    this.scripted = scripted;
    this.dialect = session.dialect();
    this.planning = new Planning(new Verb.Up(), session, context);
    this.reader = planning.reader();
  }

  /**
   * Rehearses.
   *
   * @throws MigrationFailedException if a migration failed
   */
  MigrationRehearsal run() {
    if (dialect.commitsOnDdl()) {
      throw new MigrationException(RehearsalTexts.commitsOnDdl(dialect));
    }
    if (!recorder.isConnected()) {
      throw new MigrationException(RehearsalTexts.needsHandleOfItsOwn());
    }
    Snapshot snapshot = planning.read();
    MigrationPlan plan = planning.plan(snapshot);
    VerbExecution.warn(MigrationState.of(context.registry(), snapshot), context);
    if (plan.steps().isEmpty()) {
      return Rehearsal.nothingToDo(context, dialect);
    }
    planning.requirePossible(plan, snapshot);
    if (context.options().dryRun()) {
      return Rehearsal.planned(plan, context, dialect);
    }
    reader.resolveSchema(snapshot.presence());
    SessionSettings settings = SessionSettings.lend(session, context);
    try {
      return inTransaction(plan);
    } finally {
      recorder.end();
      session.rollbackQuietly();
      settings.giveBack();
    }
  }

  private MigrationRehearsal inTransaction(MigrationPlan first) {
    Journal journal = new Journal(session, reader.tables());
    Optional<MigrationStep> next = Planning.first(first);
    String waiter = next.map(step -> Messages.migration(step.name())).orElse(Planning.WAITER);
    OpenSlot slot = new OpenSlot(session, journal);
    context.waiting(wait -> slot.awaitFree(reader, next, waiter, wait));
    ScriptedBookkeeping bookkeeping = new ScriptedBookkeeping(dialect, reader.tables());
    List<Bound> tables = context.waiting(wait -> beginAlone(bookkeeping, slot, waiter, wait));

    Snapshot seen = reader.readInTransaction();
    MigrationState state = MigrationState.of(context.registry(), seen);
    state.requireConsistent(context.options(), reader::everExecuted);
    MigrationPlan plan = new Verb.Up().plan(state, context.options().irreversible());
    if (plan.steps().isEmpty()) {
      return Rehearsal.nothingToDo(context, dialect);
    }
    List<Bound> adopted = bookkeeping.adopted(seen.strangers());
    List<Bound> renamed = bookkeeping.renamed(seen.renamed());
    send(adopted);
    send(renamed);
    RehearsalScript script =
        new RehearsalScript(dialect.scriptFrame(reader.tables(), scripted), dialect.syntax());
    Rehearsal.open(script, plan, dialect)
        .bookkeeping("The history and its journal", tables)
        .bookkeeping("Rows of the history that the journal did not know", adopted)
        .bookkeeping("Migrations that have another name now", renamed);
    try (Heartbeat heartbeat =
        new Heartbeat(Heartbeat.INTERVAL, session, reader.tables(), context.log())) {
      return new Steps(plan, bookkeeping, script, heartbeat).run();
    }
  }

  /** Begins the transaction, with both tables, when no other run is at work. */
  private List<Bound> beginAlone(
      ScriptedBookkeeping bookkeeping, OpenSlot slot, String waiter, LockWait wait) {
    while (true) {
      try {
        session.begin();
        dialect.prepareWrite(session.statements(), reader.tables(), wait.slice());
        Presence presence = dialect.presence(session.statements(), reader.tables());
        List<Bound> missing = bookkeeping.missingTables(session.statements(), presence);
        send(missing);
        dialect.lockWrites(session.statements(), reader.tables(), wait.slice(), context.options());
        return missing;
      } catch (HistoryException e) {
        session.rollbackQuietly();
        Refusal refusal = session.statements().refusalOf(e);
        if (refusal != Refusal.BUSY && refusal != Refusal.DUPLICATE) {
          throw e;
        }
        slot.pause(waiter, wait);
      }
    }
  }

  private void send(List<Bound> statements) {
    for (Bound statement : statements) {
      session.statements().update(statement.sql(), statement.arguments().toArray());
    }
  }

  /** The steps of the rehearsal, one after the other. */
  private final class Steps {

    private final MigrationPlan plan;
    private final ScriptedBookkeeping bookkeeping;
    private final RehearsalScript script;
    private final RehearsalFindings findings;
    private final RunProgress progress;
    private final Heartbeat heartbeat;

    Steps(
        MigrationPlan plan,
        ScriptedBookkeeping bookkeeping,
        RehearsalScript script,
        Heartbeat heartbeat) {
      this.heartbeat = heartbeat;
      this.plan = plan;
      this.bookkeeping = bookkeeping;
      this.script = script;
      this.findings =
          new RehearsalFindings(
              recorder,
              context.registry(),
              dialect,
              new RiskReview(dialect.syntax(), dialect.existingTables(session.statements())));
      this.progress = new RunProgress(plan, startedAt);
    }

    MigrationRehearsal run() {
      int done = 0;
      while (done < plan.steps().size() && goesOn(done)) {
        done++;
      }
      List<MigrationOutcome> outcomes = progress.result(false).outcomes();
      List<String> left = progress.result(false).notRun();
      if (!left.isEmpty()) {
        script.comment("").comment(RehearsalTexts.notInScript(left));
      }
      context.log().info(RehearsalTexts.rolledBack(done));
      return findings.tell(outcomes, script.text(), true);
    }

    private boolean goesOn(int position) {
      MigrationStep step = plan.steps().get(position);
      if (!findings.isTransactional(step.name())) {
        endEarly(RehearsalTexts.endsBefore(step, progress.result(false).notRun()));
        return false;
      }
      context.log().info(RehearsalTexts.rehearsing(step));
      Savepoint mark = session.mark();
      Map<String, String> before = dialect.settings(session.statements());
      Body body = new Body(step, heartbeat);
      body.run();
      Optional<String> refused = recorder.refused();
      if (refused.isPresent()) {
        endEarly(RehearsalTexts.endsWithin(step, refused.get(), progress.result(false).notRun()));
        return false;
      }
      Optional<StepFailure> failure = body.failure();
      if (failure.isEmpty()) {
        failure = record(step, body, mark, before);
      }
      if (failure.isPresent()) {
        throw failed(position, failure.get());
      }
      progress.set(position, step, State.ROLLED_BACK, body.duration);
      context
          .log()
          .info(RehearsalTexts.rehearsed(step, body.duration, findings.of(step.name()).size()));
      return true;
    }

    private void endEarly(String remark) {
      findings.remark(remark);
      context.log().warn(RehearsalTexts.endedEarly(remark));
    }

    /** Records a migration as a run would, in the transaction that will be rolled back. */
    private Optional<StepFailure> record(
        MigrationStep step, Body body, @Nullable Savepoint mark, Map<String, String> before) {
      if (session.isClosed()) {
        return Optional.of(body.failure(null, Messages.closedHandle()));
      }
      try {
        List<Bound> settings = restore(before); // fails where an error has ended the transaction
        if (!session.isMarked(mark)) {
          return Optional.of(body.failure(null, RehearsalTexts.escaped()));
        }
        boolean remembered =
            !session
                .statements()
                .queryString(
                    "SELECT id FROM " + reader.tables().journal() + " WHERE current_of = ?",
                    step.name())
                .isEmpty();
        List<Bound> rows =
            bookkeeping.executed(
                step.name(), context.registry().fingerprint(step.name()), remembered);
        send(rows);
        script.migration(step.name(), true, findings.of(step.name()), settings, rows);
        return Optional.empty();
      } catch (HistoryException e) {
        boolean wentOn = session.statements().refusalOf(e) == Refusal.ABORTED;
        return Optional.of(body.failure(e, wentOn ? Messages.wentOnAfterFailure() : ""));
      }
    }

    /** The next migration finds the settings as this one has. */
    private List<Bound> restore(Map<String, String> before) {
      Map<String, String> now = dialect.settings(session.statements());
      List<Bound> changes = new ArrayList<>();
      before.forEach(
          (name, value) -> {
            if (!value.equals(now.get(name))) {
              dialect.set(session.statements(), name, value);
              changes.add(dialect.setting(name, value));
            }
          });
      return changes;
    }

    private MigrationFailedException failed(int position, StepFailure failure) {
      session.rollbackQuietly();
      MigrationStep step = failure.step();
      Throwable cause =
          failure.cause() == null ? new MigrationException(failure.error()) : failure.cause();
      progress.fail(position, failure, cause);
      MigrationResult result = progress.result(false);
      context.log().warn(Lines.failed(step, failure.error()));
      List<String> left = new ArrayList<>(List.of(step.name()));
      left.addAll(result.notRun());
      script.comment("").comment(RehearsalTexts.notInScript(left));
      return new MigrationFailedException(
          step.name(),
          step.direction(),
          result,
          RehearsalTexts.failed(failure, findings.failedStatement(step.name()), dialect, result),
          failure.cause(),
          findings.tell(result.outcomes(), script.text(), true));
    }
  }

  /** The code of one migration, run under the recorder. */
  private final class Body {

    private final MigrationStep step;
    private final Heartbeat heartbeat;
    private String className = "";
    private Duration duration = Duration.ZERO;
    private @Nullable Throwable thrown;

    Body(MigrationStep step, Heartbeat heartbeat) {
      this.heartbeat = heartbeat;
      this.step = step;
    }

    void run() {
      recorder.begin(step.name(), dialect.lockWatch(session.statements()));
      long start = System.nanoTime();
      try {
        JdbiMigration migration = context.registry().create(step.name());
        className = migration.getClass().getName();
        heartbeat.begin(step, session.handle());
        start = System.nanoTime();
        migration.up(session.handle());
      } catch (Throwable e) {
        thrown = e;
      } finally {
        duration = Duration.ofNanos(System.nanoTime() - start);
        recorder.end();
        heartbeat.end(session.handle());
      }
    }

    Optional<StepFailure> failure() {
      return Optional.ofNullable(thrown).map(e -> failure(e, ""));
    }

    StepFailure failure(@Nullable Throwable cause, String reason) {
      return new StepFailure(
          step, className, Optional.empty(), cause, reason, true, false, duration);
    }
  }
}
