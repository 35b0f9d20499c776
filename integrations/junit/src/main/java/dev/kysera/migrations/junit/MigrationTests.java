package dev.kysera.migrations.junit;

import static java.util.Objects.requireNonNull;

import dev.kysera.migrations.IrreversibleMigrationException;
import dev.kysera.migrations.IrreversiblePolicy;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.UnknownMigrationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;

/**
 * Tests of the migrations of a registry, on a real database that belongs to the test.
 *
 * <p>Whether every {@code down} undoes its {@code up}:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> migrations() {
 *   return MigrationTests.all(Migrations.registry(), jdbi);
 * }
 * }</pre>
 *
 * <p>What a migration does to rows that are there already:
 *
 * <pre>{@code
 * MigrationTests tests = MigrationTests.of(Migrations.registry(), jdbi);
 * tests.before("005");
 * jdbi.useHandle(handle -> handle.execute("insert into users (name) values ('Ada Lovelace')"));
 * tests.apply("005");
 * // assert on the rows
 * }</pre>
 *
 * <p>Whether the file of released migrations has them all, unchanged:
 *
 * <pre>{@code
 * @Test
 * void released_migrations_are_listed() {
 *   MigrationTests.sumFileIsCurrent(Migrations.registry(), Path.of("migrations.sum"));
 * }
 * }</pre>
 *
 * <p>H2, SQLite, PostgreSQL and MariaDB. Immutable and thread-safe; two tests at a time on one
 * database are nevertheless in each other's way.
 */
public final class MigrationTests {

  private static final int MOST_NAMES = 20;

  private final Jdbi jdbi;
  private final MigrationRegistry registry;
  private final MigrationOptions options;

  private MigrationTests(MigrationRegistry registry, Jdbi jdbi, MigrationOptions options) {
    this.registry = requireNonNull(registry, "registry");
    this.jdbi = requireNonNull(jdbi, "jdbi");
    this.options =
        requireNonNull(options, "options").toBuilder()
            .dryRun(false)
            .irreversible(IrreversiblePolicy.REFUSE)
            .build();
  }

  /**
   * Returns the tests of all migrations, for a method with {@code @TestFactory}: {@link #all()}
   * with the default options.
   *
   * @param registry the migrations
   * @param jdbi opens handles on a database without executed migrations
   * @return a container for each migration, and one for the whole chain
   */
  public static Stream<DynamicNode> all(MigrationRegistry registry, Jdbi jdbi) {
    return of(registry, jdbi).all();
  }

  /**
   * Compares the file of released migrations with the code, without a database. A file that is not
   * there is written, and migrations that it lacks are appended; then the test fails once, so that
   * somebody looks at it. What was released and is another now, or is gone, makes it fail until the
   * code or the file is mended, and nothing is written.
   *
   * @param registry the migrations
   * @param file the file, mostly {@code migrations.sum}, which belongs into version control
   * @throws AssertionFailedError if the file is not what the code makes of it, or cannot be read or
   *     written; the message names each migration, and what to do
   */
  public static void sumFileIsCurrent(MigrationRegistry registry, Path file) {
    new ReleasedMigrations(requireNonNull(registry, "registry"), requireNonNull(file, "file"))
        .assertCurrent();
  }

  /**
   * Returns a test for each migration, for a method with {@code @TestFactory}: none sends a
   * statement that would hold up or break an application at work, such as an index that is not
   * built concurrently. Each migration counts as rolled out by itself, so that a table which an
   * earlier one has made is in use. On PostgreSQL; elsewhere the tests are skipped.
   *
   * @param registry the migrations
   * @param jdbi opens handles on a database without executed migrations; they are executed there
   * @return the tests; a message has each risk, what to write instead, and how to accept it with a
   *     reason
   */
  public static Stream<DynamicNode> withoutRisks(MigrationRegistry registry, Jdbi jdbi) {
    return of(registry, jdbi).withoutRisks(Optional.empty());
  }

  /**
   * Returns the same for the migrations that are not released yet. They are rolled out together, so
   * that only a table of a released one is in use.
   *
   * @param registry the migrations
   * @param jdbi opens handles on a database without executed migrations; they are executed there
   * @param sumFile the released migrations, mostly {@code migrations.sum}
   * @return the tests
   * @throws AssertionFailedError if the file cannot be read
   */
  public static Stream<DynamicNode> withoutRisks(
      MigrationRegistry registry, Jdbi jdbi, Path sumFile) {
    return of(registry, jdbi)
        .withoutRisks(Optional.of(new ReleasedMigrations(registry, sumFile).names()));
  }

  private Stream<DynamicNode> withoutRisks(Optional<Set<String>> released) {
    RiskTrial trial = new RiskTrial(new TrialDatabase(jdbi, registry, options), released);
    return registry.definitions().stream()
        .filter(migration -> !released.map(names -> names.contains(migration.name())).orElse(false))
        .map(migration -> DynamicTest.dynamicTest(migration.name(), () -> trial.test(migration)));
  }

  /**
   * Returns tests with the default options.
   *
   * @param registry the migrations
   * @param jdbi opens handles on a database of the test's own
   * @return tests
   */
  public static MigrationTests of(MigrationRegistry registry, Jdbi jdbi) {
    return of(registry, jdbi, MigrationOptions.defaults());
  }

  /**
   * Returns tests.
   *
   * @param registry the migrations
   * @param jdbi opens handles on a database of the test's own
   * @param options how the application runs them; a dry run is none here, and an irreversible
   *     migration is never skipped
   * @return tests
   */
  public static MigrationTests of(MigrationRegistry registry, Jdbi jdbi, MigrationOptions options) {
    return new MigrationTests(registry, jdbi, options);
  }

  /**
   * Returns the tests of all migrations. For each one: {@code up} works; its {@code down} gives
   * back schema and numbers of rows as they were; {@code up} again gives the same as the first
   * time. For all together: down to the empty database and up again, and a second {@code up} that
   * does nothing.
   *
   * <p>An irreversible migration is reported as skipped, with its reason, and the way down ends
   * there. After a wrong {@code down} the database is emptied and migrated again, so that the tests
   * of the others tell about those.
   *
   * <p>The database must have no executed migrations; otherwise the first test fails and nothing is
   * changed. What lies in it besides is left alone. The tests may be run singly, in any order and
   * in parallel.
   *
   * @return a container for each migration, and one for the whole chain
   */
  public Stream<DynamicNode> all() {
    List<MigrationDefinition> migrations = registry.definitions();
    Trial trial = new Trial(new TrialDatabase(jdbi, registry, options), migrations);
    List<DynamicNode> nodes = new ArrayList<>();
    for (int position = 0; position < migrations.size(); position++) {
      nodes.add(
          container(
              migrations.get(position).name(),
              List.of("up", "down restores the schema", "up again gives the same schema"),
              trial.stepsOf(position)));
    }
    nodes.add(
        container(
            "all migrations",
            List.of("down to empty", "up again", "a second up does nothing"),
            trial.stepsOfChain()));
    return nodes.stream();
  }

  private static DynamicNode container(String name, List<String> tests, List<Runnable> steps) {
    List<DynamicNode> nodes = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      nodes.add(DynamicTest.dynamicTest(tests.get(i), steps.get(i)::run));
    }
    return DynamicContainer.dynamicContainer(name, nodes);
  }

  /**
   * Brings the database to where everything before a migration is executed, and nothing else; up or
   * down, as it must.
   *
   * @param name the migration, by its name or by its number alone, such as {@code 005}
   * @throws UnknownMigrationException if there is no such migration
   * @throws IrreversibleMigrationException if one that would have to be undone has no way back
   * @throws IllegalStateException if each connection has a database of its own, or the history
   *     holds migrations that are not in the registry
   * @throws MigrationException if a migration fails
   */
  public void before(String name) {
    int position = position(name);
    TrialDatabase database = new TrialDatabase(jdbi, registry, options);
    MigrationRunner runner = database.runner();
    database.open(false);
    List<String> wanted = names().subList(0, position);
    List<String> executed = runner.executedMigrations();
    int tooMany = 0;
    while (tooMany < executed.size() && wanted.contains(executed.get(tooMany))) {
      tooMany++;
    }
    if (tooMany < executed.size()) {
      down(runner, executed.size() - tooMany, names().get(position));
    }
    if (position > 0) {
      runner.upTo(names().get(position - 1));
    }
    List<String> reached = runner.executedMigrations();
    if (!List.copyOf(wanted).equals(reached.stream().sorted(inOrder()).toList())) {
      throw new IllegalStateException(
          "before(\"%s\") needs exactly the migrations before it executed; found %s. Use an empty database."
              .formatted(name, reached));
    }
  }

  private Comparator<String> inOrder() {
    return Comparator.comparingInt(names()::indexOf);
  }

  private static void down(MigrationRunner runner, int steps, String target) {
    try {
      runner.down(steps);
    } catch (MigrationException e) {
      MigrationException reason =
          e.getCause() instanceof IrreversibleMigrationException cause ? cause : e;
      if (!(reason instanceof IrreversibleMigrationException)) {
        throw e;
      }
      IrreversibleMigrationException refused =
          new IrreversibleMigrationException(
              "%s cannot be reached by going down.%n%s%nNext: start this test with an empty database."
                  .formatted(target, reason.getMessage()));
      refused.initCause(e);
      throw refused;
    }
  }

  /**
   * Executes one migration, the next pending one.
   *
   * @param name the migration, by its name or by its number alone, such as {@code 005}
   * @throws UnknownMigrationException if there is no such migration
   * @throws IllegalStateException if it is not the next pending one
   * @throws MigrationException if it fails
   */
  public void apply(String name) {
    String wanted = names().get(position(name));
    MigrationRunner runner = new TrialDatabase(jdbi, registry, options).runner();
    List<MigrationStep> pending = runner.plan().steps();
    if (pending.isEmpty() || !pending.get(0).name().equals(wanted)) {
      throw new IllegalStateException(
          "%s is not the next migration; %s. Call before(\"%s\") first."
              .formatted(
                  wanted,
                  pending.isEmpty() ? "none is pending" : pending.get(0).name() + " is",
                  name));
    }
    runner.upTo(wanted);
  }

  private List<String> names() {
    return registry.definitions().stream().map(MigrationDefinition::name).toList();
  }

  /** The position of the migration with that name, or with that number. */
  private int position(String name) {
    List<String> names = names();
    int exact = names.indexOf(requireNonNull(name, "name"));
    if (exact >= 0) {
      return exact;
    }
    for (int i = 0; i < names.size(); i++) {
      if (name.matches("\\d{1,18}") && number(names.get(i)) == Long.parseLong(name)) {
        return i;
      }
    }
    throw new UnknownMigrationException(
        name,
        "No migration has the name or the number \"%s\". There are: %s%s."
            .formatted(
                name,
                String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size()))),
                names.size() > MOST_NAMES
                    ? " and %d more".formatted(names.size() - MOST_NAMES)
                    : ""));
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, name.indexOf('_')));
  }
}
