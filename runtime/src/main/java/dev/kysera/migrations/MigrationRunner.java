package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import dev.kysera.migrations.internal.Inquiry;
import dev.kysera.migrations.internal.Maintenance;
import dev.kysera.migrations.internal.Registry;
import dev.kysera.migrations.internal.Rehearsal;
import dev.kysera.migrations.internal.Run;
import dev.kysera.migrations.internal.UpToDateCheck;
import dev.kysera.migrations.internal.Verb;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Executes the migrations of a registry.
 *
 * <p>Immutable and thread-safe; no connection is held between calls. Any number of runners, in any
 * number of processes, may work on one database: each migration is executed once. A verb uses one
 * handle from beginning to end, so a pool of one connection suffices.
 *
 * <p>Every verb that writes can throw {@link HistoryException} if the history cannot be read or
 * written, and {@link InterruptedMigrationException}, before anything is done, if an earlier
 * attempt may be half done.
 */
public final class MigrationRunner {

  private final Jdbi jdbi;
  private final MigrationRegistry migrations;
  private final Registry registry;
  private final MigrationOptions options;

  private MigrationRunner(Jdbi jdbi, MigrationRegistry registry, MigrationOptions options) {
    this.jdbi = requireNonNull(jdbi, "jdbi");
    this.migrations = requireNonNull(registry, "registry");
    this.registry =
        new Registry(
            registry.definitions(),
            registry.factory(),
            registry.fingerprints(),
            registry.namesOfOthers());
    this.options = requireNonNull(options, "options").withTableNameUnlessSet(registry.tableName());
  }

  /**
   * Creates a runner with the default options.
   *
   * @param jdbi opens a handle for each verb
   * @param registry the migrations
   * @return a runner
   */
  public static MigrationRunner create(Jdbi jdbi, MigrationRegistry registry) {
    return create(jdbi, registry, MigrationOptions.defaults());
  }

  /**
   * Creates a runner.
   *
   * @param jdbi opens a handle for each verb
   * @param registry the migrations
   * @param options how to run them
   * @return a runner
   */
  public static MigrationRunner create(
      Jdbi jdbi, MigrationRegistry registry, MigrationOptions options) {
    return new MigrationRunner(jdbi, registry, options);
  }

  /**
   * Returns the migrations that this runner executes.
   *
   * @return the registry with which it was created
   */
  public MigrationRegistry registry() {
    return migrations;
  }

  /**
   * Returns how this runner works.
   *
   * @return the options with which it was created; the name of the history table is the one that is
   *     used, also where it comes from the registry
   */
  public MigrationOptions options() {
    return options;
  }

  /**
   * Executes everything that is pending, in order, and stops at the first failure.
   *
   * @return what was done
   * @throws MigrationFailedException if a migration failed; those before it stay executed
   * @throws InconsistentHistoryException if the history and the code do not fit
   * @throws MigrationLockException if another run does not end in time
   */
  public MigrationResult up() {
    return new Run(jdbi, registry, options).up();
  }

  /**
   * Executes what is pending up to a migration, that one included.
   *
   * @param name the last migration to execute
   * @return what was done
   * @throws UnknownMigrationException if no migration has that name
   * @throws MigrationFailedException if a migration failed; those before it stay executed
   * @throws InconsistentHistoryException if the history and the code do not fit
   * @throws MigrationLockException if another run does not end in time
   */
  public MigrationResult upTo(String name) {
    return execute(new Verb.UpTo(requireNonNull(name, "name")));
  }

  /**
   * Undoes the last executed migration.
   *
   * @return what was done
   * @throws MigrationFailedException if it failed
   * @throws IrreversibleMigrationException if the options refuse to skip one without a way back
   * @throws ConcurrentChangeException if another run changes the history meanwhile
   * @throws MigrationLockException if another run does not end in time
   */
  public MigrationResult down() {
    return down(1);
  }

  /**
   * Undoes the last executed migrations, the last one first. One without a way back uses up its
   * step.
   *
   * @param steps how many, at least 1; more than there are means all
   * @return what was done
   * @throws IllegalArgumentException if {@code steps} is less than 1
   * @throws MigrationFailedException if one failed; those before it stay undone
   * @throws IrreversibleMigrationException if the options refuse to skip one without a way back
   * @throws ConcurrentChangeException if another run changes the history meanwhile
   * @throws MigrationLockException if another run does not end in time
   */
  public MigrationResult down(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "down needs a number of steps of at least 1; found %d. Nothing was changed."
              .formatted(steps));
    }
    return execute(new Verb.Down(steps));
  }

  /**
   * Undoes the last executed migrations until one is the last executed. That one stays executed.
   *
   * @param name the migration that stays
   * @return what was done
   * @throws UnknownMigrationException if no migration has that name, or it is pending
   * @throws MigrationFailedException if one failed; those before it stay undone
   * @throws IrreversibleMigrationException if the options refuse to skip one without a way back
   * @throws ConcurrentChangeException if another run changes the history meanwhile
   * @throws MigrationLockException if another run does not end in time
   */
  public MigrationResult downTo(String name) {
    return execute(new Verb.DownTo(requireNonNull(name, "name")));
  }

  /**
   * Undoes the last executed migration and executes it again.
   *
   * @return what was done, both ways
   * @throws IrreversibleMigrationException if it has no way back
   * @throws MigrationFailedException if it failed, one way or the other
   * @throws ConcurrentChangeException if another run changes the history meanwhile
   * @throws MigrationLockException if another run does not end in time
   */
  public MigrationResult redo() {
    return execute(new Verb.Redo());
  }

  /**
   * Undoes everything that is executed and has a way back. What is skipped stays recorded, even if
   * its table goes with an earlier one; {@link IrreversiblePolicy#REFUSE} prevents that.
   *
   * @return what was done
   * @throws MigrationFailedException if one failed; those before it stay undone
   * @throws IrreversibleMigrationException if the options refuse to skip one without a way back
   * @throws ConcurrentChangeException if another run changes the history meanwhile
   * @throws MigrationLockException if another run does not end in time
   */
  public MigrationResult reset() {
    return execute(new Verb.Reset());
  }

  /**
   * Compares code and history, and logs the report: to the logger of the options every line, to
   * SLF4J at level DEBUG. Writes nothing and takes no lock, and never throws for what it finds.
   *
   * @return what is executed and what is pending
   */
  public MigrationStatus status() {
    return inquiry().status();
  }

  /**
   * Returns the names in the history, in the order in which they were executed. Writes nothing.
   *
   * @return names, unknown ones included
   */
  public List<String> executedMigrations() {
    return inquiry().executed();
  }

  /**
   * Returns what {@link #up()} would do. Writes nothing and logs nothing.
   *
   * @return the plan, without steps if nothing is pending
   * @throws InconsistentHistoryException as {@link #up()} would
   */
  public MigrationPlan plan() {
    return inquiry().plan();
  }

  /**
   * Runs everything that is pending for real, in one transaction, and rolls it back whatever
   * happens: what {@link #up()} would send, how long it takes, and which locks. Nothing stays in
   * the database but the numbers that sequences have given out. The code of the migrations runs, so
   * what it does elsewhere is done.
   *
   * <p>Until it is rolled back, it holds the locks that the migrations take, as {@link #up()}
   * would, and no other run can begin. It waits one second for a lock on a table, or as long as
   * {@link MigrationOptions.Builder#ddlLockTimeout} was set to. It ends before a migration that
   * runs outside a transaction, and where one would end its transaction by itself. Listeners are
   * not told of it. The Jdbi gets a plugin that does nothing outside of a rehearsal.
   *
   * @return what was seen; on a failure, {@link MigrationFailedException#rehearsal()} has what was
   *     seen until then
   * @throws MigrationException if the database commits on DDL, so that nothing could be rolled
   *     back, or a handle of the Jdbi is open on this thread; nothing was run
   * @throws MigrationFailedException if a migration failed
   * @throws InconsistentHistoryException if the history and the code do not fit
   * @throws InterruptedMigrationException if an earlier attempt may be half done
   * @throws MigrationLockException if another run does not end in time
   */
  public MigrationRehearsal rehearse() {
    return new Rehearsal(jdbi, registry, options.forRehearsal(), options).rehearse();
  }

  /**
   * Rehearses on a database of its own: the migrations that are executed here are run there first,
   * then everything that is pending, which stays there. For databases that commit on DDL, and for
   * migrations that run outside a transaction. The database of this runner is only read: its
   * history, and how large its tables are. The script is for it.
   *
   * @param scratch an empty database of the same product, which nobody needs; one in memory must
   *     outlive its first connection
   * @return what was seen
   * @throws MigrationException if the scratch database is not empty, is another product, is this
   *     one, or could not be brought to where this one is
   * @throws MigrationFailedException if a migration failed
   * @throws InconsistentHistoryException if the history and the code do not fit
   */
  public MigrationRehearsal rehearseOn(Jdbi scratch) {
    return new Rehearsal(jdbi, registry, options, options)
        .rehearseOn(requireNonNull(scratch, "scratch"));
  }

  /**
   * Makes sure that the database is what the code expects: nothing pending, no attempt open, and no
   * executed migration that is not in the code, unless it is newer than all of them. One that was
   * edited after it was executed is warned of, or with {@link MigrationOptions#failOnChanged()} is
   * one that does not fit. Writes nothing and takes no lock. For an application that must not start
   * on another schema, and lets another process migrate.
   *
   * @throws InterruptedMigrationException if an attempt may be half done
   * @throws InconsistentHistoryException if the history and the code do not fit
   * @throws MigrationLockException if a migration is running at the moment
   * @throws MigrationException if migrations are pending. Every text lists all that was found.
   * @throws HistoryException if the tables cannot be read
   */
  public void check() {
    new UpToDateCheck(jdbi, registry, options).check();
  }

  /**
   * Waits until another process has executed what is pending. Looks again and again, at least once
   * a second, on a new connection each time; holds none in between, takes no lock and writes
   * nothing.
   *
   * @param timeout how long to wait at most; zero to look once
   * @throws IllegalArgumentException if {@code timeout} is negative
   * @throws InterruptedMigrationException at once, if an attempt may be half done
   * @throws InconsistentHistoryException at once, if the history and the code do not fit
   * @throws MigrationLockException if a migration is still running when the time is up, or this
   *     thread was interrupted
   * @throws MigrationException if migrations are still pending when the time is up
   * @throws HistoryException if the tables cannot be read
   */
  public void awaitCurrent(Duration timeout) {
    if (requireNonNull(timeout, "timeout").isNegative()) {
      throw new IllegalArgumentException(
          "awaitCurrent needs a time of zero or more; found %s.".formatted(timeout));
    }
    new UpToDateCheck(jdbi, registry, options).await(timeout);
  }

  /** Creates the history and its journal where they are missing. Safe to repeat. */
  public void setup() {
    new Maintenance(jdbi, registry, options).setup();
  }

  /**
   * Returns the rare verbs.
   *
   * @return verbs with the same database, registry and options
   */
  public MigrationMaintenance maintenance() {
    return new MigrationMaintenance(new Maintenance(jdbi, registry, options));
  }

  private MigrationResult execute(Verb verb) {
    return new Run(jdbi, registry, options).execute(verb);
  }

  private Inquiry inquiry() {
    return new Inquiry(jdbi, registry, options);
  }
}
