package dev.kysera.migrations.junit;

import dev.kysera.migrations.IrreversibleMigrationException;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * Tries all migrations of a registry on one database, step by step, and remembers the outcome of
 * each step. A test that is asked for runs the steps before it first, so any order of tests will
 * do. Thread-safe.
 */
final class Trial {

  private static final Outcome PASSED = new Outcome.Passed();

  private final TrialDatabase database;
  private final List<MigrationDefinition> migrations;
  private final List<Supplier<Outcome>> steps = new ArrayList<>();
  private final Object lock = new Object();

  private final List<Outcome> outcomes = new ArrayList<>();

  /** The state at the beginning, and behind it that after each migration. */
  private final List<DatabaseState> states = new ArrayList<>();

  private final Set<String> wrong = new LinkedHashSet<>();

  /** Why nothing more can be found out. */
  private Optional<String> end = Optional.empty();

  private Optional<Irreversible> last = Optional.empty();

  /** A migration without a way back: its position, and the reason. */
  private record Irreversible(int position, String reason) {}

  Trial(TrialDatabase database, List<MigrationDefinition> migrations) {
    this.database = database;
    this.migrations = migrations;
  }

  /** Adds the steps of a migration, and returns the tests of them. */
  List<Runnable> stepsOf(int position) {
    return List.of(
        step(() -> up(position)), step(() -> down(position)), step(() -> upAgain(position)));
  }

  /** Adds the steps of the whole chain, and returns the tests of them. */
  List<Runnable> stepsOfChain() {
    return List.of(
        step(this::downToEmpty),
        step(this::upFromEmpty),
        step(
            () -> {
              Outcome outcome = secondUp();
              database.release();
              return outcome;
            }));
  }

  private Runnable step(Supplier<Outcome> work) {
    int position = steps.size();
    steps.add(work);
    return () -> outcome(position).report();
  }

  private Outcome outcome(int position) {
    synchronized (lock) {
      if (outcomes.isEmpty()) {
        outcomes.add(attempt(this::begin));
      }
      // The beginning is no test of its own: if it fails, the first test does.
      while (outcomes.size() <= position + 1) {
        Outcome begun = outcomes.get(0);
        boolean first = outcomes.size() == 1;
        Supplier<Outcome> step = steps.get(outcomes.size() - 1);
        outcomes.add(
            first && !begun.equals(PASSED)
                ? begun
                : end.<Outcome>map(Outcome.Aborted::new).orElseGet(() -> attempt(step)));
      }
      return outcomes.get(position + 1);
    }
  }

  private Outcome attempt(Supplier<Outcome> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      end = Optional.of("Not tried, since an earlier step has failed: " + e.getMessage());
      return new Outcome.Failed(new AssertionFailedError(String.valueOf(e.getMessage()), e));
    }
  }

  private Outcome begin() {
    List<String> executed = database.runner().executedMigrations();
    if (!executed.isEmpty()) {
      throw new IllegalStateException(
          ("The database has executed migrations already, from %s to %s. These tests undo and drop"
                  + " what they find, so they need an empty database of their own. Nothing was"
                  + " changed.")
              .formatted(executed.get(0), executed.get(executed.size() - 1)));
    }
    database.open(true);
    states.add(database.state());
    return PASSED;
  }

  private Outcome up(int position) {
    String name = name(position);
    try {
      database.runner().upTo(name);
    } catch (MigrationException e) {
      end = Optional.of("Not tried, since the up of %s has failed.".formatted(name));
      return failed("The up of %s failed.%n%s".formatted(name, e.getMessage()), e);
    }
    states.add(database.state());
    return PASSED;
  }

  private Outcome down(int position) {
    String name = name(position);
    if (!migrations.get(position).reversible()) {
      return irreversible(position, name + " has no down method.");
    }
    try {
      database.runner().down();
    } catch (MigrationException e) {
      rebuild(position);
      if (e.getCause() instanceof IrreversibleMigrationException cause) {
        return irreversible(position, "%s has no way back: %s".formatted(name, cause.getMessage()));
      }
      wrong.add(name);
      return failed("The down of %s failed.%n%s".formatted(name, e.getMessage()), e);
    }
    Outcome outcome =
        compare(
            before(position),
            "The down of %s does not restore what was before it (- is missing, + is left over)"
                .formatted(name),
            database.leftovers(after(position)));
    if (!outcome.equals(PASSED)) {
      wrong.add(name);
      rebuild(position);
    }
    return outcome;
  }

  private Outcome irreversible(int position, String reason) {
    last = Optional.of(new Irreversible(position, reason));
    return new Outcome.Aborted(reason);
  }

  private Outcome upAgain(int position) {
    String name = name(position);
    if (wrong.contains(name)) {
      return new Outcome.Aborted("Not tried, since the down of %s is wrong.".formatted(name));
    }
    if (last.filter(found -> found.position() == position).isPresent()) {
      return new Outcome.Aborted(last.get().reason());
    }
    Outcome outcome;
    try {
      database.runner().upTo(name);
      outcome =
          compare(
              after(position),
              "The up of %s does not give the same again after its down (- is missing, + is new)"
                  .formatted(name),
              Set.of());
    } catch (MigrationException e) {
      outcome =
          failed("The up of %s failed after its down.%n%s".formatted(name, e.getMessage()), e);
    }
    if (!outcome.equals(PASSED)) {
      wrong.add(name);
      rebuild(position);
    }
    return outcome;
  }

  private Outcome downToEmpty() {
    if (!wrong.isEmpty()) {
      return new Outcome.Aborted("Not tried, since a down is wrong: " + String.join(", ", wrong));
    }
    int stop = last.map(Irreversible::position).orElse(-1);
    Set<String> forgiven = new HashSet<>();
    for (int position = migrations.size() - 1; position > stop; position--) {
      Outcome outcome = downInChain(position, forgiven);
      if (!outcome.equals(PASSED)) {
        wrong.add(name(position));
        rebuild(migrations.size() - 1);
        return outcome;
      }
    }
    return last.<Outcome>map(
            found ->
                new Outcome.Aborted(
                    found.position() == migrations.size() - 1
                        ? "Nothing to undo: " + found.reason()
                        : "Down to %s everything was as before. %s"
                            .formatted(name(found.position()), found.reason())))
        .orElse(PASSED);
  }

  private Outcome downInChain(int position, Set<String> forgiven) {
    String name = name(position);
    try {
      database.runner().down();
    } catch (MigrationException e) {
      return failed(
          "The down of %s failed on the way down from the last migration.%n%s"
              .formatted(name, e.getMessage()),
          e);
    }
    forgiven.addAll(database.leftovers(after(position)));
    return compare(
        before(position),
        ("On the way down from the last migration, the down of %s does not restore what was before"
                + " it (- is missing, + is left over)")
            .formatted(name),
        forgiven);
  }

  private Outcome upFromEmpty() {
    if (!wrong.isEmpty()) {
      return new Outcome.Aborted("Not tried, since a down is wrong: " + String.join(", ", wrong));
    }
    Outcome outcome;
    try {
      database.runner().up();
      outcome =
          compare(
              after(migrations.size() - 1),
              "After the way down and up again something is different (- is missing, + is new)",
              Set.of());
    } catch (MigrationException e) {
      outcome = failed("The way up again failed.%n%s".formatted(e.getMessage()), e);
    }
    if (!outcome.equals(PASSED)) {
      rebuild(migrations.size() - 1);
    }
    return outcome;
  }

  private Outcome secondUp() {
    List<String> completed = database.runner().up().completed();
    if (!completed.isEmpty()) {
      return failed(
          "A second up must do nothing; it executed " + String.join(", ", completed) + ".", null);
    }
    return compare(
        after(migrations.size() - 1),
        "A second up must change nothing (- is missing, + is new)",
        Set.of());
  }

  private Outcome compare(DatabaseState expected, String title, Collection<String> forgiven) {
    DatabaseState found = database.state();
    List<String> differences = expected.differencesTo(found, forgiven);
    if (differences.isEmpty()) {
      return PASSED;
    }
    String message = title + ":" + System.lineSeparator() + lines(differences);
    return new Outcome.Failed(
        expected.schema().equals(found.schema())
            ? new AssertionFailedError(message)
            : new AssertionFailedError(
                message, expected.schema().toString(), found.schema().toString()));
  }

  /**
   * Brings the database to where it was after a migration, by the ups alone: a wrong down must not
   * make the tests of others fail.
   */
  private void rebuild(int position) {
    String name = name(position);
    try {
      database.dropAllBut(states.get(0));
      List<String> left = states.get(0).differencesTo(database.state(), Set.of());
      if (!left.isEmpty()) {
        end = Optional.of(notRebuilt(name, "It could not be emptied", left));
        return;
      }
      database.runner().upTo(name);
      List<String> different = after(position).differencesTo(database.state(), Set.of());
      if (!different.isEmpty()) {
        end = Optional.of(notRebuilt(name, "The ups alone give something else", different));
      }
    } catch (MigrationException e) {
      end = Optional.of(notRebuilt(name, "It failed", firstLine(e)));
    }
  }

  /** What to do next is no advice here: the migration that fails in a rebuild is right. */
  private static List<String> firstLine(MigrationException e) {
    return String.valueOf(e.getMessage()).lines().limit(1).toList();
  }

  private static String notRebuilt(String name, String what, List<String> lines) {
    return "Not tried, since the database could not be rebuilt as it was after %s. %s:%n%s"
        .formatted(name, what, lines(lines));
  }

  private static Outcome failed(String message, @Nullable Throwable cause) {
    return new Outcome.Failed(new AssertionFailedError(message, cause));
  }

  private static String lines(List<String> lines) {
    return String.join(System.lineSeparator(), lines);
  }

  private String name(int position) {
    return migrations.get(position).name();
  }

  private DatabaseState before(int position) {
    return states.get(position);
  }

  private DatabaseState after(int position) {
    return states.get(position + 1);
  }
}
