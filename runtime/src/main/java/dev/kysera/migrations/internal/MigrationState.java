package dev.kysera.migrations.internal;

import dev.kysera.migrations.ExecutedMigration.Verification;
import dev.kysera.migrations.InconsistentHistoryException;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationStatus;
import dev.kysera.migrations.annotation.internal.MigrationName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The code and the history at one moment, compared. Pure: it reads nothing and decides nothing by
 * time.
 */
final class MigrationState {

  private final Registry registry;
  private final Snapshot snapshot;
  private final Set<String> executed;
  private final List<MigrationDefinition> pending;
  private final List<String> unknown;

  private MigrationState(Registry registry, Snapshot snapshot) {
    this.registry = registry;
    this.snapshot = snapshot.without(registry::isOfAnother);
    this.executed = new HashSet<>();
    this.snapshot.rows().forEach(row -> executed.add(row.name()));
    this.pending =
        registry.definitions().stream().filter(d -> !executed.contains(d.name())).toList();
    this.unknown =
        this.snapshot.rows().stream()
            .map(HistoryRow::name)
            .filter(n -> !registry.contains(n))
            .toList();
  }

  static MigrationState of(Registry registry, Snapshot snapshot) {
    return new MigrationState(registry, snapshot);
  }

  Registry registry() {
    return registry;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  boolean isExecuted(String name) {
    return executed.contains(name);
  }

  /** The names in the history, in the order of execution. */
  List<String> executed() {
    return snapshot.rows().stream().map(HistoryRow::name).toList();
  }

  /** The migrations that are not executed, in the order of execution. */
  List<MigrationDefinition> pending() {
    return pending;
  }

  /** The names in the history that are not in the code, in the order of execution. */
  List<String> unknown() {
    return unknown;
  }

  /** Unknown names above all known ones: an older build runs against a newer database. */
  List<String> newer() {
    return unknown.stream().filter(this::isNewer).toList();
  }

  /**
   * A name that does not parse has no place in the order, so it counts as inside, and so does a
   * former name of a migration that is in the code.
   */
  private boolean isNewer(String name) {
    return !registry.isFormerName(name) && isAboveAll(name);
  }

  private boolean isAboveAll(String name) {
    return MigrationName.parse(name).map(n -> n.number() > registry.lastNumber()).orElse(false);
  }

  /** Unknown names that are not above all known ones. */
  List<String> unknownInside() {
    return unknown.stream().filter(name -> !isNewer(name)).toList();
  }

  /** Former names that are executed beside the new one, or beside another former one. */
  List<String> doubled() {
    return unknown.stream().filter(registry::isFormerName).toList();
  }

  /** The executed migrations whose code was edited since, in the order of execution. */
  List<String> changed() {
    return names(row -> verification(row) == Verification.CHANGED);
  }

  /** The executed migrations whose way back was edited since, in the order of execution. */
  List<String> changedDown() {
    return names(
        row ->
            registry
                .fingerprints()
                .downDiffers(registry.position(row.name(), 0), row.fingerprint().down()));
  }

  private List<String> names(Predicate<HistoryRow> condition) {
    return snapshot.rows().stream().filter(condition).map(HistoryRow::name).toList();
  }

  private Verification verification(HistoryRow row) {
    return registry.fingerprints().verify(registry.position(row.name(), 0), row.fingerprint().up());
  }

  MigrationStatus status(List<String> openAttempts) {
    return new MigrationStatus(
        snapshot.rows().stream().map(row -> row.toExecuted(verification(row))).toList(),
        pending,
        unknown,
        openAttempts);
  }

  /**
   * Makes sure that going up means the same here as on a fresh database.
   *
   * @param options whether a pending migration may be below an executed one, and whether an
   *     executed one may have changed
   * @param everExecuted which of those names have been executed here before, by the journal; asked
   *     only if it matters
   * @throws InconsistentHistoryException if unknown names are inside the known range, pending
   *     migrations that were never executed here are below an executed one, or changed ones are not
   *     tolerated
   */
  void requireConsistent(
      MigrationOptions options, Function<Set<String>, Set<String>> everExecuted) {
    List<String> below = options.outOfOrder() ? List.of() : outOfOrder(everExecuted);
    List<String> misfits = new ArrayList<>();
    misfits.addAll(Messages.firstOf(unknownInsideTexts()));
    misfits.addAll(Messages.firstOf(outOfOrderTexts(below)));
    if (options.failOnChanged()) {
      changed().forEach(name -> misfits.add(Messages.changed(name)));
    }
    if (!misfits.isEmpty()) {
      throw new InconsistentHistoryException(Messages.inconsistent(misfits));
    }
  }

  /**
   * Makes sure that each migration is executed under one name, which going down needs too: what is
   * undone must not count as executed under another name.
   */
  void requireNoneDoubled() {
    List<String> doubled = doubled();
    if (!doubled.isEmpty()) {
      throw new InconsistentHistoryException(
          Messages.inconsistent(doubled.stream().map(this::unknownInside).toList()));
    }
  }

  /** Says of each unknown name that is not above all known ones what is to be done. */
  List<String> unknownInsideTexts() {
    return unknownInside().stream().map(this::unknownInside).toList();
  }

  /** Says of each pending name that is out of order what is to be done. */
  List<String> outOfOrderTexts(List<String> outOfOrder) {
    return Messages.withoutRenamed(outOfOrder, unknownInside()).stream()
        .map(name -> Messages.belowExecuted(name, highestExecuted()))
        .toList();
  }

  /** Says why an unknown name that is not above all known ones is wrong. */
  String unknownInside(String name) {
    return registry.isFormerName(name)
        ? Messages.doubled(name, registry.currentName(name))
        : Messages.unknownInside(name, registry.names());
  }

  /** Pending migrations below an executed one that have never been executed here. */
  List<String> outOfOrder(Function<Set<String>, Set<String>> everExecuted) {
    long highest = number(highestExecuted());
    List<String> below = new ArrayList<>();
    for (MigrationDefinition definition : pending) {
      if (number(definition.name()) < highest) {
        below.add(definition.name());
      }
    }
    if (!below.isEmpty()) {
      below.removeAll(everExecuted.apply(Set.copyOf(below)));
    }
    return below;
  }

  /** The executed name with the highest number, empty if there is none. */
  String highestExecuted() {
    String highest = "";
    for (String name : executed) {
      if (number(name) > number(highest)) {
        highest = name;
      }
    }
    return highest;
  }

  private static long number(String name) {
    return MigrationName.parse(name).map(MigrationName::number).orElse(-1L);
  }
}
