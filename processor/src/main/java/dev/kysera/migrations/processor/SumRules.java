package dev.kysera.migrations.processor;

import dev.kysera.migrations.annotation.internal.Fingerprints;
import dev.kysera.migrations.annotation.internal.MigrationName;
import dev.kysera.migrations.annotation.internal.SumFile;
import dev.kysera.migrations.annotation.internal.SumUpdate;
import dev.kysera.migrations.annotation.internal.SumUpdate.Declared;
import dev.kysera.migrations.annotation.internal.SumUpdate.Difference;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The rules about what was released, as {@code migrations.sum} has it. The file is only read. */
final class SumRules {

  private final Path path;
  private final DeclaredFingerprints fingerprints;
  private final ValidationReport report;

  /**
   * Prepares for reading.
   *
   * @param path the file; a directory has one for each module, named after its package
   */
  SumRules(Path path, DeclaredFingerprints fingerprints, ValidationReport report) {
    this.path = path;
    this.fingerprints = fingerprints;
    this.report = report;
  }

  /** Compares all declared migrations of each module, those with other faults too. */
  void check(SortedMap<String, List<MigrationDeclaration>> modules) {
    boolean isDirectory = Files.isDirectory(path);
    if (modules.size() > 1 && !isDirectory) {
      report.add(
          Finding.at(
              null,
              "-A" + ProcessorOptions.SUM,
              SumProblems.severalModules(path, List.copyOf(modules.keySet()))));
      return;
    }
    modules.forEach(
        (module, members) -> {
          Path file = isDirectory ? path.resolve(module + SumProblems.SUFFIX) : path;
          read(file).ifPresent(sum -> check(file, sum, members));
        });
  }

  private Optional<SumFile> read(Path file) {
    try {
      String text = Files.readString(file);
      return Optional.of(text.isBlank() ? SumFile.EMPTY : SumFile.parse(text));
    } catch (NoSuchFileException e) {
      report.warn(SumProblems.noFile(file));
    } catch (CharacterCodingException e) {
      report.add(Finding.at(null, file.toString(), SumProblems.unreadable(file, "no UTF-8")));
    } catch (IOException e) {
      report.add(Finding.at(null, file.toString(), SumProblems.unreadable(file, e.toString())));
    }
    return Optional.empty();
  }

  private void check(Path file, SumFile sum, List<MigrationDeclaration> declarations) {
    if (!sum.problems().isEmpty()) {
      report.add(
          Finding.at(null, file.toString(), SumProblems.broken(file, sum.problems().get(0), sum)));
    }
    Map<String, MigrationDeclaration> byName = new HashMap<>();
    declarations.stream()
        .filter(declaration -> MigrationName.parse(declaration.name()).isPresent())
        .forEach(declaration -> byName.putIfAbsent(declaration.name(), declaration));
    List<Declared> declared =
        byName.values().stream()
            .map(this::declared)
            .sorted(Comparator.comparingLong(migration -> MigrationName.numberOf(migration.name())))
            .toList();
    SumUpdate update = SumUpdate.of(sum, declared, List.of());
    if (!update.unreadable().isEmpty()) {
      return; // a line that cannot be read may be any of those that seem to be missing
    }
    if (isOfOthers(sum, update)) {
      report.add(Finding.at(null, file.toString(), SumProblems.otherModule(file, sum)));
      return;
    }
    for (Difference difference : update.refused()) {
      report.add(finding(file, difference, sum, update.next(), byName));
    }
  }

  /** Options often reach the compilation of tests too, which have migrations of their own. */
  private static boolean isOfOthers(SumFile sum, SumUpdate update) {
    return !sum.lines().isEmpty()
        && update.refused().stream()
                .filter(difference -> difference.kind() == SumUpdate.Kind.REMOVED)
                .count()
            == sum.lines().size()
        && !update.next().lines().isEmpty();
  }

  private Declared declared(MigrationDeclaration declaration) {
    return new Declared(
        declaration.name(),
        fingerprints.of(declaration).up().flatMap(Fingerprints::parse).orElse(Fingerprints.NONE),
        declaration.formerly());
  }

  private Finding finding(
      Path file,
      Difference difference,
      SumFile sum,
      SumFile next,
      Map<String, MigrationDeclaration> byName) {
    MigrationDeclaration declaration = byName.get(difference.name());
    if (declaration == null) {
      return Finding.at(
          null, file + " " + difference.name(), SumProblems.removed(file, difference));
    }
    return switch (difference.kind()) {
      case EDITED ->
          Finding.about(declaration, SumProblems.edited(file, declaration.className(), difference));
      case RENAMED_SILENTLY ->
          Finding.atValue(
              declaration, declaration.nameValue(), SumProblems.renamed(file, difference));
      default ->
          Finding.atValue(
              declaration,
              declaration.nameValue(),
              difference.listed().isPresent()
                  ? SumProblems.moved(file, difference)
                  : SumProblems.outOfOrder(file, difference, sum, next));
    };
  }
}
