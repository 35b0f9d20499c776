package dev.kysera.migrations.internal;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.annotation.internal.MigrationName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The migrations of the code by name. */
public final class Registry {

  private final List<MigrationDefinition> definitions;
  private final IntFunction<JdbiMigration> factory;
  private final Fingerprints fingerprints;
  private final Set<String> namesOfOthers;

  /** Made when it is first asked for: a start with nothing to do mostly does without. */
  private volatile @Nullable Map<String, Integer> positions;

  private volatile @Nullable Map<String, String> formerNames;

  /**
   * Takes the migrations of the code.
   *
   * @param definitions what is known of them, in the order of execution
   * @param factory creates the one at a position
   * @param fingerprints those of the one at a position
   * @param namesOfOthers the migrations of other modules that are in the same history
   */
  public Registry(
      List<MigrationDefinition> definitions,
      IntFunction<JdbiMigration> factory,
      Fingerprints fingerprints,
      Set<String> namesOfOthers) {
    this.definitions = definitions;
    this.factory = factory;
    this.fingerprints = fingerprints;
    this.namesOfOthers = namesOfOthers;
  }

  /** The same with another migration in the place of each, made when it is created. */
  Registry each(BiFunction<String, JdbiMigration, JdbiMigration> other) {
    return new Registry(
        definitions,
        position -> other.apply(definitions.get(position).name(), factory.apply(position)),
        fingerprints,
        namesOfOthers);
  }

  /** Those whose names are chosen. What they are now is not compared with anything. */
  Registry only(Predicate<String> chosen) {
    List<Integer> kept =
        IntStream.range(0, definitions.size())
            .filter(position -> chosen.test(definitions.get(position).name()))
            .boxed()
            .toList();
    return new Registry(
        kept.stream().map(definitions::get).toList(),
        position -> factory.apply(kept.get(position)),
        Fingerprints.NONE,
        namesOfOthers);
  }

  private Map<String, Integer> positions() {
    Map<String, Integer> made = positions;
    if (made == null) {
      made = new HashMap<>();
      for (int i = 0; i < definitions.size(); i++) {
        made.put(definitions.get(i).name(), i);
      }
      positions = made;
    }
    return made;
  }

  Fingerprints fingerprints() {
    return fingerprints;
  }

  int size() {
    return definitions.size();
  }

  List<MigrationDefinition> definitions() {
    return definitions;
  }

  /**
   * Finds a migration by name, first at the place where it is expected.
   *
   * @return its position, -1 if there is none of that name
   */
  int position(String name, int expected) {
    return expected < definitions.size() && definitions.get(expected).name().equals(name)
        ? expected
        : positions().getOrDefault(name, -1);
  }

  Set<String> names() {
    return positions().keySet();
  }

  /** Returns whether another module that shares the history has a migration of that name. */
  boolean isOfAnother(String name) {
    return namesOfOthers.contains(name);
  }

  boolean contains(String name) {
    return positions().containsKey(name);
  }

  int position(String name) {
    Integer position = positions().get(name);
    if (position == null) {
      throw new IllegalArgumentException(name);
    }
    return position;
  }

  /** Whether the author of that attempt's migration allows it to be run again half done. */
  boolean mayRunAgain(Optional<OpenAttempt> attempt) {
    return attempt
        .flatMap(open -> find(open.name()))
        .map(MigrationDefinition::rerunnable)
        .orElse(false);
  }

  Optional<MigrationDefinition> find(String name) {
    return contains(name) ? Optional.of(definitions.get(position(name))) : Optional.empty();
  }

  /** What is recorded of a migration when it is run. */
  Fingerprint fingerprint(String name) {
    return fingerprints.newest(positions().getOrDefault(name, -1));
  }

  /** The name that a migration has now, if it was renamed since it had that one. */
  String currentName(String name) {
    return formerNames().getOrDefault(name, name);
  }

  boolean isFormerName(String name) {
    return formerNames().containsKey(name);
  }

  boolean hasNoFormerNames() {
    return formerNames().isEmpty();
  }

  private Map<String, String> formerNames() {
    Map<String, String> made = formerNames;
    if (made == null) {
      made = FormerNames.toCurrent(definitions);
      formerNames = made;
    }
    return made;
  }

  JdbiMigration create(String name) {
    return factory.apply(position(name));
  }

  /** Returns the number of the last migration, -1 if there is none. */
  long lastNumber() {
    return definitions.isEmpty()
        ? -1
        : MigrationName.numberOf(definitions.get(definitions.size() - 1).name());
  }
}
