package dev.kysera.migrations.junit;

import static java.util.stream.Collectors.joining;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.annotation.internal.Fingerprints;
import dev.kysera.migrations.annotation.internal.StoredSumFile;
import dev.kysera.migrations.annotation.internal.SumFile;
import dev.kysera.migrations.annotation.internal.SumFile.Problem;
import dev.kysera.migrations.annotation.internal.SumUpdate;
import dev.kysera.migrations.annotation.internal.SumUpdate.Declared;
import dev.kysera.migrations.annotation.internal.SumUpdate.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * The migrations of the code beside the file of those that were released.
 *
 * @param registry the migrations
 * @param path where the file is
 */
record ReleasedMigrations(MigrationRegistry registry, Path path) {

  /**
   * Compares both. Writes what needs nobody's consent.
   *
   * @throws AssertionFailedError if the file was not current
   */
  void assertCurrent() {
    StoredSumFile stored = read();
    List<Declared> declared = registry.definitions().stream().map(this::declared).toList();
    SumUpdate update = SumUpdate.of(stored.file(), declared, Set.of());
    if (!update.isAllowed()) {
      throw new AssertionFailedError(refusal(update));
    }
    if (!stored.exists()) {
      write(stored, update, path + " was not there. ", "It lists the migrations of now");
    } else if (!update.isCurrent()) {
      write(stored, update, lacks(update), "That is mended now");
    }
  }

  /** The names in the file. */
  Set<String> names() {
    return read().file().lines().stream().map(SumFile.Line::name).collect(Collectors.toSet());
  }

  private Declared declared(MigrationDefinition migration) {
    return Declared.of(
        migration.name(),
        registry.fingerprint(migration.name()).orElse(Fingerprints.UNVERIFIED),
        migration.formerly());
  }

  private StoredSumFile read() {
    try {
      return StoredSumFile.read(path);
    } catch (IOException e) {
      throw new AssertionFailedError(
          "%s cannot be read: %s.".formatted(path, e.getClass().getSimpleName()), e);
    }
  }

  private void write(StoredSumFile stored, SumUpdate update, String found, String done) {
    try {
      stored.write(update.next());
    } catch (IOException e) {
      throw new AssertionFailedError(
          "%sIt cannot be written here: %s. Run this test where it can, review the file and commit it."
              .formatted(found, e.getClass().getSimpleName()),
          e);
    }
    throw new AssertionFailedError(
        "%s%s: review it, commit it and run the test again.".formatted(found, done));
  }

  private String lacks(SumUpdate update) {
    return "%s was not current:%n%s%n"
        .formatted(
            path,
            Stream.concat(
                    update.changes().stream().map(Difference::found),
                    update.mended().stream().map(Problem::found))
                .map(found -> "- " + found)
                .collect(joining(System.lineSeparator())));
  }

  private String refusal(SumUpdate update) {
    StringBuilder refusal = new StringBuilder();
    if (!update.refused().isEmpty()) {
      refusal.append("The code is not what %s says was released:%n".formatted(path));
      for (Difference difference : update.refused()) {
        refusal.append(
            "- %s. %s; or, if it is meant, %s%n"
                .formatted(difference.found(), difference.remedy(), difference.byHand()));
      }
    }
    if (!update.obstacles().isEmpty()) {
      refusal.append("%s cannot be understood:%n".formatted(path));
      update.obstacles().forEach(line -> refusal.append("- %s%n".formatted(line.found())));
    }
    refusal.append("Nothing was written. ");
    refusal.append(
        update.obstacles().isEmpty()
            ? "What is meant can also be accepted on the command line, by sum update --accept NAME. Then run the test again: it makes the head anew."
            : "%s, and run the test again.".formatted(update.remedy(path.toString())));
    return refusal.toString();
  }
}
