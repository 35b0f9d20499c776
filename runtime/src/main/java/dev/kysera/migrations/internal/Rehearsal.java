package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationRehearsal;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.internal.recording.Recorder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** One call of a verb that runs what is pending and shows what it does. */
public final class Rehearsal {

  private final Jdbi jdbi;
  private final RunContext context;
  private final MigrationOptions scripted;

  /**
   * Prepares a rehearsal. Nothing is opened yet.
   *
   * @param jdbi opens the handle on the database
   * @param registry the migrations of the code
   * @param options how to rehearse them
   * @param scripted how to run them, which is what a script does
   */
  public Rehearsal(
      Jdbi jdbi, Registry registry, MigrationOptions options, MigrationOptions scripted) {
    this.jdbi = jdbi;
    this.context = RunContext.of(registry, options);
    this.scripted = scripted;
  }

  /** Runs what is pending on the database, in a transaction that is rolled back. */
  public MigrationRehearsal rehearse() {
    Recorder recorder = Recorder.guarding();
    return recorder.withHandle(
        jdbi,
        handle -> new TransactionRehearsal(Session.on(handle), context, recorder, scripted).run());
  }

  /** Runs what is pending on another database, where it stays. */
  public MigrationRehearsal rehearseOn(Jdbi scratch) {
    return new ScratchRehearsal(jdbi, context, scratch, scripted).run();
  }

  // --- what both have in common

  static MigrationRehearsal nothingToDo(RunContext context, Dialect dialect) {
    context.log().report(Lines.NO_PENDING);
    return unrun(List.of(), dialect);
  }

  /** A dry run says what would be rehearsed. */
  static MigrationRehearsal planned(MigrationPlan plan, RunContext context, Dialect dialect) {
    context.log().info(Lines.DRY_RUN);
    plan.steps().forEach(step -> context.log().info(RehearsalTexts.would(step)));
    List<MigrationOutcome> planned =
        plan.steps().stream()
            .map(
                step ->
                    new MigrationOutcome(
                        step.name(), Direction.UP, State.PLANNED, Duration.ZERO, Optional.empty()))
            .toList();
    return unrun(planned, dialect);
  }

  private static MigrationRehearsal unrun(List<MigrationOutcome> outcomes, Dialect dialect) {
    String script =
        new RehearsalScript(ScriptFrame.NONE, dialect.syntax())
            .comment(RehearsalTexts.scriptTitle(List.of(), dialect))
            .text();
    return new MigrationRehearsal(outcomes, List.of(), List.of(), List.of(), script);
  }

  /** The first lines of a script. */
  static RehearsalScript open(RehearsalScript script, MigrationPlan plan, Dialect dialect) {
    return script
        .comment(
            RehearsalTexts.scriptTitle(
                plan.steps().stream().map(MigrationStep::name).toList(), dialect))
        .comment(RehearsalTexts.SCRIPT_NOTE)
        .head();
  }
}
