package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.kysera.migrations.annotation.internal.MigrationName;
import dev.kysera.migrations.annotation.internal.NameRules;
import dev.kysera.migrations.annotation.internal.NameRules.NamedMigration;
import dev.kysera.migrations.internal.Fingerprints;
import dev.kysera.migrations.internal.FormerNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * All migrations of a module, in the order in which they are executed.
 *
 * <p>The annotation processor generates one: {@code Migrations.registry()}. {@link #builder()}
 * makes one by hand. A registry is immutable and thread-safe; it creates a migration only when that
 * migration is about to run.
 */
public final class MigrationRegistry {

  private final IntFunction<JdbiMigration> factory;
  private final List<MigrationDefinition> definitions;
  private final Fingerprints fingerprints;
  private final @Nullable String tableName;
  private final List<Supplier<List<MigrationDefinition>>> others;

  private MigrationRegistry(
      IntFunction<JdbiMigration> factory,
      List<MigrationDefinition> definitions,
      Fingerprints fingerprints,
      @Nullable String tableName,
      List<Supplier<List<MigrationDefinition>>> others) {
    this.factory = factory;
    this.definitions = definitions;
    this.fingerprints = fingerprints;
    this.tableName = tableName;
    this.others = others;
  }

  /**
   * Returns a registry of migrations whose names are valid and in order already. Generated code
   * calls it; by hand, {@link #builder()} checks and sorts.
   *
   * @param factory creates the migration at a position, counted from 0
   * @param definitions the definitions, in the order of execution
   * @return the registry
   * @throws IllegalArgumentException if a name is not behind the one before it
   */
  public static MigrationRegistry of(
      IntFunction<JdbiMigration> factory, MigrationDefinition... definitions) {
    requireNonNull(factory, "factory");
    String previous = "";
    for (MigrationDefinition definition : definitions) {
      String name = definition.name();
      // Texts are in the order of their numbers, but where a timestamp follows a sequence.
      if (name.compareTo(previous) <= 0
          && MigrationName.numberOf(name) <= MigrationName.numberOf(previous)) {
        throw new IllegalArgumentException(
            "Migration \"%s\" is not in order or not well named. Use MigrationRegistry.builder()."
                .formatted(name));
      }
      previous = name;
    }
    return new MigrationRegistry(factory, List.of(definitions), Fingerprints.NONE, null, List.of());
  }

  /**
   * Returns a builder without migrations.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a copy with the fingerprints of its migrations, in place of those given before.
   * Generated code calls it.
   *
   * @param lines any number of lines in each: a name, the fingerprint of the migration without its
   *     {@code down}, and that of {@code down}, with a space between; {@code -} stands for a
   *     fingerprint that is not known. Several of one thing, by older and newer algorithms, have
   *     commas between, the newest last. What follows on a line is not read.
   * @return the copy
   * @throws IllegalArgumentException if a line is malformed or names no migration of this registry
   */
  public MigrationRegistry withFingerprints(String... lines) {
    return new MigrationRegistry(
        factory, definitions, Fingerprints.of(definitions, lines), tableName, others);
  }

  /**
   * Returns a copy whose history is in a table of that name, unless {@link
   * MigrationOptions.Builder#tableName} sets another one.
   *
   * @param tableName one identifier, as {@link MigrationOptions.Builder#tableName} takes it
   * @return the copy
   * @throws IllegalArgumentException if it is blank or holds a NUL character
   */
  public MigrationRegistry withTableName(String tableName) {
    return new MigrationRegistry(
        factory,
        definitions,
        fingerprints,
        MigrationOptions.Builder.requireIdentifier(tableName, "tableName"),
        others);
  }

  /**
   * Returns a copy that knows of another module whose migrations are in the same history. A runner
   * leaves them alone: they are neither unknown nor pending, and no verb undoes them. May be called
   * for each of several modules. Generated code calls it; by hand, it makes a module of a library
   * know the application's: {@code library.Migrations.registry().sharingHistoryWith(() ->
   * Migrations.registry().definitions())}.
   *
   * @param other returns the migrations of the other module; called when a runner is created, since
   *     two modules may know each other
   * @return the copy
   */
  public MigrationRegistry sharingHistoryWith(Supplier<List<MigrationDefinition>> other) {
    List<Supplier<List<MigrationDefinition>>> all = new ArrayList<>(others);
    all.add(requireNonNull(other, "other"));
    return new MigrationRegistry(factory, definitions, fingerprints, tableName, List.copyOf(all));
  }

  /**
   * Returns the number of migrations.
   *
   * @return 0 or more
   */
  public int size() {
    return definitions.size();
  }

  /**
   * Returns what is known of each migration, in the order of execution.
   *
   * @return an immutable list
   */
  public List<MigrationDefinition> definitions() {
    return definitions;
  }

  /**
   * Returns what tells whether a migration was edited: the newest fingerprint of its class without
   * {@code down}.
   *
   * @param name the name of the migration
   * @return the fingerprint; empty if it is not known, or no migration has that name
   */
  public Optional<String> fingerprint(String name) {
    return fingerprints.newestUp(position(name));
  }

  /**
   * Returns what tells whether the way back of a migration was edited: the newest fingerprint of
   * its {@code down}.
   *
   * @param name the name of the migration
   * @return the fingerprint; empty if it is not known, or no migration has that name
   */
  public Optional<String> downFingerprint(String name) {
    return fingerprints.newestDown(position(name));
  }

  /**
   * Returns the name of the history table that these migrations ask for.
   *
   * @return the name; empty if they leave it to the options
   */
  public Optional<String> tableName() {
    return Optional.ofNullable(tableName);
  }

  private int position(String name) {
    requireNonNull(name, "name");
    for (int i = 0; i < definitions.size(); i++) {
      if (definitions.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The fingerprints at the positions of {@link #definitions()}. */
  Fingerprints fingerprints() {
    return fingerprints;
  }

  /** Returns the names of the migrations of other modules that are in the same history. */
  Set<String> namesOfOthers() {
    if (others.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    for (Supplier<List<MigrationDefinition>> other : others) {
      for (MigrationDefinition definition : other.get()) {
        names.add(definition.name());
        names.addAll(definition.formerly());
      }
    }
    return names;
  }

  /** Creates the migration at a position of {@link #definitions()}. */
  IntFunction<JdbiMigration> factory() {
    return factory;
  }

  /**
   * Collects migrations by hand, in any order. Not thread-safe.
   *
   * <p>{@link #build()} judges the names by the compiler's rules.
   */
  public static final class Builder {

    private record Entry(MigrationDefinition definition, JdbiMigration migration, String bearer) {}

    private record TwoWay(JdbiMigration forth, JdbiMigration back) implements JdbiMigration {
      @Override
      public void up(Handle handle) throws Exception {
        forth.up(handle);
      }

      @Override
      public void down(Handle handle) throws Exception {
        back.up(handle);
      }
    }

    private final List<Entry> entries = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a migration. A lambda is irreversible; an object is reversible when its class overrides
     * {@code down}.
     *
     * @param name the name
     * @param migration the migration
     * @return this builder, for chaining
     */
    public Builder add(String name, JdbiMigration migration) {
      requireName(name);
      return add(MigrationDefinition.of(name), migration);
    }

    /**
     * Adds a reversible migration made of two lambdas.
     *
     * @param name the name
     * @param up makes the change
     * @param down undoes it
     * @return this builder, for chaining
     */
    public Builder add(String name, JdbiMigration up, JdbiMigration down) {
      requireName(name);
      requireNonNull(up, () -> "The up of migration \"%s\" is null.".formatted(name));
      requireNonNull(down, () -> "The down of migration \"%s\" is null.".formatted(name));
      return add(MigrationDefinition.of(name), new TwoWay(up, down), bearer(up));
    }

    /**
     * Adds a migration with metadata. Whether it is reversible is found out from its class,
     * whatever the definition says.
     *
     * @param definition name and metadata
     * @param migration the migration
     * @return this builder, for chaining
     */
    public Builder add(MigrationDefinition definition, JdbiMigration migration) {
      requireNonNull(definition, "definition");
      requireNonNull(migration, () -> "The migration \"%s\" is null.".formatted(definition.name()));
      return add(definition, migration, bearer(migration));
    }

    private Builder add(MigrationDefinition definition, JdbiMigration migration, String bearer) {
      MigrationDefinition computed =
          new MigrationDefinition(
              definition.name(),
              definition.description(),
              definition.breaking(),
              definition.estimated(),
              definition.transactional(),
              definition.rerunnable(),
              overridesDown(migration),
              definition.formerly());
      entries.add(new Entry(computed, migration, bearer));
      return this;
    }

    /**
     * Returns the registry, sorted by number.
     *
     * @return the registry, empty if nothing was added
     * @throws IllegalArgumentException if names are malformed, doubled or of no clear order, or a
     *     former name is another migration's too; the message has a line for each
     */
    public MigrationRegistry build() {
      Map<Integer, String> problems =
          NameRules.check(
              entries.stream()
                  .map(e -> new NamedMigration(e.definition().name(), e.bearer()))
                  .toList());
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(
            problems.values().stream().distinct().collect(joining(System.lineSeparator())));
      }
      List<Entry> sorted =
          entries.stream().sorted(Comparator.comparingLong(Builder::number)).toList();
      List<MigrationDefinition> definitions = sorted.stream().map(Entry::definition).toList();
      List<String> disputed = FormerNames.problemsOf(definitions);
      if (!disputed.isEmpty()) {
        throw new IllegalArgumentException(String.join(System.lineSeparator(), disputed));
      }
      return new MigrationRegistry(
          position -> sorted.get(position).migration(),
          definitions,
          Fingerprints.NONE,
          null,
          List.of());
    }

    private static void requireName(String name) {
      requireNonNull(name, "A migration needs a name; found null.");
    }

    private static long number(Entry entry) {
      return MigrationName.parse(entry.definition().name()).orElseThrow().number();
    }

    /** Names the class, or the place in the builder where the class is a nameless one. */
    private String bearer(JdbiMigration migration) {
      Class<?> type = migration.getClass();
      return type.isHidden() || type.isSynthetic()
          ? "lambda at position " + (entries.size() + 1)
          : type.getName();
    }

    private static boolean overridesDown(JdbiMigration migration) {
      try {
        return migration.getClass().getMethod("down", Handle.class).getDeclaringClass()
            != JdbiMigration.class;
      } catch (NoSuchMethodException e) {
        throw new AssertionError(e);
      }
    }
  }
}
