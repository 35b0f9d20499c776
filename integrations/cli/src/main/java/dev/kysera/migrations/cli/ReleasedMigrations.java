package dev.kysera.migrations.cli;

import static java.util.stream.Collectors.joining;

import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.annotation.internal.Fingerprints;
import dev.kysera.migrations.annotation.internal.Printable;
import dev.kysera.migrations.annotation.internal.StoredSumFile;
import dev.kysera.migrations.annotation.internal.SumFile;
import dev.kysera.migrations.annotation.internal.SumFile.Line;
import dev.kysera.migrations.annotation.internal.SumFile.Problem;
import dev.kysera.migrations.annotation.internal.SumUpdate;
import dev.kysera.migrations.annotation.internal.SumUpdate.Declared;
import dev.kysera.migrations.annotation.internal.SumUpdate.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file of released migrations beside those of the code.
 *
 * @param stored the file
 * @param shown how messages call it
 * @param declared the migrations of the code
 */
record ReleasedMigrations(StoredSumFile stored, String shown, List<Declared> declared) {

  /**
   * Reads the file.
   *
   * @param directory where the command was called
   * @param file its path from there
   * @throws MigrationException if it is there and cannot be read
   */
  static ReleasedMigrations read(Path directory, Path file, MigrationRegistry registry) {
    try {
      return new ReleasedMigrations(
          StoredSumFile.read(directory.resolve(file)),
          Printable.of(file.toString()),
          registry.definitions().stream()
              .map(
                  migration ->
                      Declared.of(
                          migration.name(),
                          registry.fingerprint(migration.name()).orElse(Fingerprints.UNVERIFIED),
                          migration.formerly()))
              .toList());
    } catch (IOException e) {
      throw new MigrationException(
          "%s cannot be read: %s. Nothing was written."
              .formatted(Printable.of(file.toString()), e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * Brings the file to what the code has.
   *
   * @param accepted migrations whose release may be changed
   * @return what was changed
   * @throws UsageException if nobody has one of these names
   * @throws SumRefusedException if something that was released would change otherwise
   * @throws MigrationException if the file cannot be written
   */
  Answer update(List<String> accepted) {
    accepted.forEach(this::requireKnown);
    SumUpdate update = SumUpdate.of(stored.file(), declared, accepted);
    boolean writes = update.isAllowed() && !(stored.exists() && update.isCurrent());
    Map<String, @Nullable Object> json = json(update, writes);
    if (!update.isAllowed()) {
      throw new SumRefusedException(refusal(update), json);
    }
    if (writes) {
      write(update.next());
    }
    return new Answer(json, text(update));
  }

  private void requireKnown(String name) {
    boolean known =
        stored.file().find(name).isPresent()
            || declared.stream().anyMatch(migration -> migration.name().equals(name));
    if (!known) {
      throw new UsageException(
          "--accept must name a migration of %s or of the code; found %s. Nothing was written."
              .formatted(shown, Printable.quoted(name)));
    }
  }

  private void write(SumFile next) {
    try {
      stored.write(next);
    } catch (IOException e) {
      throw new MigrationException(
          "%s cannot be written: %s. It is as it was."
              .formatted(shown, e.getClass().getSimpleName()),
          e);
    }
  }

  private static String text(SumUpdate update) {
    return Stream.concat(
            update.changes().stream().map(ReleasedMigrations::line),
            update.mended().stream().map(problem -> "mended: " + problem.found()))
        .collect(joining("\n"));
  }

  private static String line(Difference change) {
    String former = change.listed().map(Line::name).orElse("");
    return switch (change.kind()) {
      case NEW -> "appended " + change.name();
      case COMPLETED -> "completed " + change.name();
      case RENAMED, RENAMED_SILENTLY -> "renamed " + former + " to " + change.name();
      case OUT_OF_ORDER -> (former.isEmpty() ? "inserted " : "moved ") + change.name();
      case EDITED -> "accepted " + change.name();
      case REMOVED -> "removed " + change.name();
    };
  }

  private String refusal(SumUpdate update) {
    StringBuilder refusal = new StringBuilder();
    if (!update.refused().isEmpty()) {
      refusal.append("The code is not what %s says was released:%n".formatted(shown));
      for (Difference difference : update.refused()) {
        refusal.append(
            "- %s. %s; or, if it is meant: sum update%s --accept %s%n"
                .formatted(
                    difference.found(), difference.remedy(), fileOption(), difference.name()));
      }
    }
    if (!update.obstacles().isEmpty()) {
      refusal.append("%s cannot be understood:%n".formatted(shown));
      update.obstacles().forEach(line -> refusal.append("- %s%n".formatted(line.found())));
    }
    refusal.append("Nothing was written.");
    if (!update.obstacles().isEmpty()) {
      refusal.append(" Next: %s, and call sum update again.".formatted(update.remedy(shown)));
    }
    return refusal.toString();
  }

  private String fileOption() {
    return shown.equals(SumFile.DEFAULT_NAME) ? "" : " --file " + shown;
  }

  private Map<String, @Nullable Object> json(SumUpdate update, boolean written) {
    return JsonForm.object(
        "file", stored.path().toString(),
        "written", written,
        "changes",
            written ? update.changes().stream().map(ReleasedMigrations::json).toList() : List.of(),
        "refused", update.refused().stream().map(ReleasedMigrations::json).toList(),
        "problems",
            Stream.concat(update.unreadable().stream(), update.mended().stream())
                .map(Problem::found)
                .toList());
  }

  private static Map<String, @Nullable Object> json(Difference difference) {
    return JsonForm.object(
        "name", difference.name(),
        "kind", difference.kind().name(),
        "listedAs", difference.listed().map(Line::name).orElse(null),
        "line", difference.listed().map(Line::number).orElse(null));
  }
}
