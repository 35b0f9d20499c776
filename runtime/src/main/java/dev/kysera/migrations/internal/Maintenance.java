package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationDiagnosis;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.Resolution;
import dev.kysera.migrations.UnknownMigrationException;
import dev.kysera.migrations.internal.Dialect.Liveness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;

/** The rare verbs, which change or examine our tables and never a user's. */
public final class Maintenance {

  private final Jdbi jdbi;
  private final Registry registry;
  private final MigrationOptions options;

  /**
   * Prepares the verbs. Nothing is opened yet.
   *
   * @param jdbi opens a handle for each verb
   * @param registry the migrations of the code
   * @param options where the tables are, and how to run
   */
  public Maintenance(Jdbi jdbi, Registry registry, MigrationOptions options) {
    this.jdbi = jdbi;
    this.registry = registry;
    this.options = options;
  }

  private interface Task<T> {
    T on(MaintenanceWork work);
  }

  private <T> T with(Task<T> task) {
    return jdbi.withHandle(
        handle -> {
          MaintenanceWork work =
              new MaintenanceWork(Session.on(handle), RunContext.of(registry, options));
          SessionSettings settings = SessionSettings.lend(work.session, work.context);
          try {
            return task.on(work);
          } finally {
            settings.giveBack();
          }
        });
  }

  // --- tables

  /** Creates the tables where they are missing. */
  public void setup() {
    with(this::setup);
  }

  /** Returns the tables that are there now, or would be. */
  private Tables setup(MaintenanceWork work) {
    RunLog log = work.context.log();
    if (options.dryRun()) {
      log.info(Lines.DRY_RUN);
      missing(work).forEach(sql -> log.info(Lines.wouldCreate(sql)));
    } else {
      createMissing(work);
      log.report(Lines.tablesReady(work.journal.tables()));
    }
    return work.journal.tables();
  }

  private static void createMissing(MaintenanceWork work) {
    Setup.createMissing(work.session, work.journal, work.snapshot.presence(), work.context);
  }

  private static List<String> missing(MaintenanceWork work) {
    List<String> statements = new ArrayList<>();
    if (!work.snapshot.presence().history()) {
      statements.add(work.session.dialect().createHistory(work.journal.tables()));
    }
    if (!work.snapshot.presence().journal()) {
      statements.add(
          work.session.dialect().createJournal(work.session.statements(), work.journal.tables()));
    }
    return statements;
  }

  /** Returns the statements that create both tables, for somebody who may. */
  public String setupSql() {
    return jdbi.withHandle(
        handle -> {
          Session session = Session.on(handle);
          HistoryReader reader = new HistoryReader(session, registry, options);
          reader.resolveSchema(session.dialect().presence(session.statements(), reader.tables()));
          return session.dialect().createHistory(reader.tables())
              + ";\n\n"
              + session.dialect().createJournal(session.statements(), reader.tables())
              + ";\n";
        });
  }

  // --- baseline

  /** Records everything up to a migration as executed, without running it. */
  public MigrationResult baseline(String name) {
    if (!registry.contains(name)) {
      throw new UnknownMigrationException(name, Messages.unknownName(name, registry.names()));
    }
    return with(work -> baseline(name, work));
  }

  private MigrationResult baseline(String name, MaintenanceWork work) {
    RunLog log = work.context.log();
    OpenSlot slot = new OpenSlot(work.session, work.journal);
    slot.requireNotInterrupted(work.snapshot.open(), Optional.empty());
    List<MigrationStep> steps = new ArrayList<>(pendingUpTo(name, work.state()));
    if (options.dryRun()) {
      log.info(Lines.DRY_RUN);
      steps.forEach(step -> log.info(Lines.wouldBaseline(step.name())));
    } else if (!steps.isEmpty()) {
      createMissing(work);
      Attempt claim = Attempt.holding(name);
      work.write(
          name,
          () -> {
            work.journal.claim(claim);
            Snapshot current = work.reader.readInTransaction();
            work.journal.adopt(current.strangers(), claim);
            steps.clear();
            steps.addAll(pendingUpTo(name, MigrationState.of(registry, current)));
            Map<String, Fingerprint> recorded = new LinkedHashMap<>();
            steps.forEach(step -> recorded.put(step.name(), registry.fingerprint(step.name())));
            work.journal.baseline(recorded);
            work.journal.withdraw(claim);
          });
      steps.forEach(step -> log.info(Lines.baselined(step.name())));
      log.info(Lines.baselineDone(name, steps.size()));
    } else {
      log.report(Lines.baselineDone(name, 0));
    }
    RunProgress progress = new RunProgress(new MigrationPlan(Direction.UP, steps), work.startedAt);
    State became = options.dryRun() ? State.PLANNED : State.BASELINED;
    for (int i = 0; i < steps.size(); i++) {
      progress.set(i, steps.get(i), became, Duration.ZERO);
    }
    return progress.result(options.dryRun());
  }

  private List<MigrationStep> pendingUpTo(String name, MigrationState state) {
    return new Verb.UpTo(name).plan(state, options.irreversible()).steps();
  }

  // --- accept

  /** Records that an executed migration is right as it is in the code now. */
  public void accept(String name, String note) {
    if (!registry.contains(name)) {
      throw new UnknownMigrationException(name, Messages.unknownName(name, registry.names()));
    }
    with(
        work -> {
          accept(name, note, work);
          return name;
        });
  }

  private void accept(String name, String note, MaintenanceWork work) {
    OpenSlot slot = new OpenSlot(work.session, work.journal);
    slot.requireNotInterrupted(work.snapshot.open(), Optional.empty());
    HistoryRow seen = executedRow(name, work.snapshot);
    Fingerprint accepted = registry.fingerprint(name);
    RunLog log = work.context.log();
    if (accepted.up() == null) {
      throw new MigrationException(Messages.acceptUnseen(name));
    }
    if (seen.fingerprint().equals(accepted)) {
      log.report(Lines.acceptedAlready(name));
      return;
    }
    if (options.dryRun()) {
      log.info(Lines.DRY_RUN);
      log.info(Lines.wouldAccept(name));
      return;
    }
    createMissing(work);
    Attempt claim = Attempt.holding(name);
    work.write(
        name,
        () -> {
          work.journal.claim(claim);
          Snapshot current = work.reader.readInTransaction();
          HistoryRow row = executedRow(name, current);
          work.journal.adopt(current.strangers(), claim);
          work.journal.accept(row.storedName(), row.fingerprint(), accepted, note);
          work.journal.withdraw(claim);
        });
    log.info(Lines.accepted(name));
  }

  private static HistoryRow executedRow(String name, Snapshot snapshot) {
    return snapshot.rows().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnknownMigrationException(name, Messages.acceptPending(name)));
  }

  // --- diagnose

  /** Finds what is wrong. Reads only. */
  public MigrationDiagnosis diagnose() {
    return jdbi.withHandle(
        handle -> {
          MaintenanceWork work =
              new MaintenanceWork(Session.on(handle), RunContext.of(registry, options));
          return new MigrationDiagnosis(work.snapshot.open().map(OpenAttempt::id), findings(work));
        });
  }

  private List<String> findings(MaintenanceWork work) {
    List<String> findings = new ArrayList<>();
    OpenSlot slot = new OpenSlot(work.session, work.journal);
    work.snapshot
        .open()
        .flatMap(
            open ->
                AttemptCondition.of(open, slot)
                    .map(
                        condition ->
                            Messages.openAttempt(
                                open,
                                condition,
                                registry.mayRunAgain(Optional.of(open)),
                                work.session.dialect())))
        .ifPresent(findings::add);
    MigrationState state = work.state();
    List<String> newer = state.newer();
    for (String name : state.unknown()) {
      findings.add(newer.contains(name) ? Lines.newer(name) : state.unknownInside(name));
    }
    List<String> outOfOrder =
        state.outOfOrder(
            names ->
                work.snapshot.presence().journal() ? work.reader.everExecuted(names) : Set.of());
    for (String name : Messages.withoutRenamed(outOfOrder, state.unknown())) {
      findings.add(Messages.belowExecuted(name, state.highestExecuted()));
    }
    state.changed().forEach(name -> findings.add(Messages.changed(name)));
    state.changedDown().forEach(name -> findings.add(Messages.changedDown(name)));
    new TreeSet<>(work.session.dialect().invalidIndexes(work.session.statements()))
        .forEach(index -> findings.add(Messages.invalidIndex(index)));
    work.session.endRead();
    return findings;
  }

  // --- resolve

  /** Closes an interrupted attempt by somebody's decision. */
  public MigrationResult resolve(String attempt, Resolution resolution, String note) {
    OpenAttempt resolved = with(work -> resolve(attempt, resolution, note, work));
    if (resolution == Resolution.RERUN && !options.dryRun()) {
      return new Run(jdbi, registry, options)
          .execute(
              resolved.direction() == Direction.UP
                  ? new Verb.UpTo(registry.currentName(resolved.name()))
                  : new Verb.DownOne(registry.currentName(resolved.name())));
    }
    return new MigrationResult(resolved.direction(), List.of(), Duration.ZERO, options.dryRun());
  }

  private OpenAttempt resolve(
      String attempt, Resolution resolution, String note, MaintenanceWork work) {
    OpenAttempt open =
        work.snapshot
            .open()
            .filter(candidate -> candidate.id().equals(attempt))
            .orElseThrow(
                () ->
                    new MigrationException(Messages.noSuchAttempt(attempt, work.snapshot.open())));
    if (open.started()
        && new OpenSlot(work.session, work.journal).liveness(open) == Liveness.ALIVE) {
      throw new MigrationException(Messages.ownerLives(open));
    }
    String name = registry.currentName(open.name());
    if (resolution == Resolution.RERUN && !registry.contains(name)) {
      throw new UnknownMigrationException(
          open.name(), Messages.unknownName(open.name(), registry.names()));
    }
    String decision = resolution.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (options.dryRun()) {
      work.context.log().info(Lines.DRY_RUN);
      work.context.log().info(Lines.wouldResolve(open.name(), attempt, decision));
      return open;
    }
    boolean executed = work.state().isExecuted(name);
    boolean up = open.direction() == Direction.UP;
    work.write(
        open.name(),
        () -> {
          if (!work.journal.resolve(open, resolution + " by " + Owner.name() + ": " + note)) {
            throw new MigrationException(Messages.noSuchAttempt(attempt, Optional.empty()));
          }
          if (resolution == Resolution.MARK_EXECUTED && executed != up) {
            work.journal.forget(open.name());
            work.journal.record(open.name(), open.direction());
            if (up) {
              work.journal.own(open);
            }
          }
        });
    work.context
        .log()
        .info(
            Lines.resolved(
                open.name(),
                attempt,
                decision,
                resolution == Resolution.MARK_EXECUTED ? up : executed));
    return open;
  }
}
