package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What is known of a migration without creating it.
 *
 * @param name the name, such as {@code 001_create_users}
 * @param description what it does, for people; empty if not given
 * @param breaking whether running code may break when it is executed
 * @param estimated how long it takes, as its author expects; zero if not given
 * @param transactional whether it runs in a transaction
 * @param rerunnable whether it may be run again after it was interrupted half done, its {@code up}
 *     and {@code down} being idempotent
 * @param reversible whether it has a way back
 * @param formerly the names under which it may have been executed before it was renamed
 */
public record MigrationDefinition(
    String name,
    String description,
    boolean breaking,
    Duration estimated,
    boolean transactional,
    boolean rerunnable,
    boolean reversible,
    List<String> formerly) {

  /** Creates a definition from all its parts, with a copy of the list. */
  public MigrationDefinition {
    requireNonNull(name, "name");
    requireNonNull(description, "description");
    requireNonNull(estimated, "estimated");
    if (estimated.isNegative()) {
      throw new IllegalArgumentException(
          "The estimated duration of migration \"%s\" must not be negative; found %s."
              .formatted(name, estimated));
    }
    formerly = List.copyOf(formerly);
  }

  /**
   * Returns a definition of that name: transactional, reversible, not breaking, not rerunnable,
   * without description and estimate.
   *
   * @param name the name
   * @return the definition
   */
  public static MigrationDefinition of(String name) {
    return new MigrationDefinition(name, "", false, Duration.ZERO, true, false, true, List.of());
  }

  /**
   * Returns a copy with that description.
   *
   * @param description what the migration does, for people
   * @return the copy
   */
  public MigrationDefinition withDescription(String description) {
    return new MigrationDefinition(
        name, description, breaking, estimated, transactional, rerunnable, reversible, formerly);
  }

  /**
   * Returns a copy that is marked as a breaking change.
   *
   * @return the copy
   */
  public MigrationDefinition asBreaking() {
    return new MigrationDefinition(
        name, description, true, estimated, transactional, rerunnable, reversible, formerly);
  }

  /**
   * Returns a copy with that estimate.
   *
   * @param estimated the expected duration, not negative
   * @return the copy
   */
  public MigrationDefinition withEstimated(Duration estimated) {
    return new MigrationDefinition(
        name, description, breaking, estimated, transactional, rerunnable, reversible, formerly);
  }

  /**
   * Returns a copy that must run outside a transaction.
   *
   * @return the copy
   */
  public MigrationDefinition asNonTransactional() {
    return new MigrationDefinition(
        name, description, breaking, estimated, false, rerunnable, reversible, formerly);
  }

  /**
   * Returns a copy that may be run again after it was interrupted half done: its {@code up} and
   * {@code down} are idempotent.
   *
   * @return the copy
   */
  public MigrationDefinition asRerunnable() {
    return new MigrationDefinition(
        name, description, breaking, estimated, transactional, true, reversible, formerly);
  }

  /**
   * Returns a copy that has no way back.
   *
   * @return the copy
   */
  public MigrationDefinition asIrreversible() {
    return new MigrationDefinition(
        name, description, breaking, estimated, transactional, rerunnable, false, formerly);
  }

  /**
   * Returns a copy that was named otherwise before. Where the history holds an old name, it is the
   * new one for every verb, and the next run that writes renames it there too.
   *
   * @param names the old names, in place of those given before
   * @return the copy
   */
  public MigrationDefinition withFormerly(String... names) {
    return new MigrationDefinition(
        name,
        description,
        breaking,
        estimated,
        transactional,
        rerunnable,
        reversible,
        List.of(names));
  }
}
