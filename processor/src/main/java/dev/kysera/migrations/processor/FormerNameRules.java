package dev.kysera.migrations.processor;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules about names that migrations had before: each must tell which migration is meant. Upper
 * and lower case are the same, as they are to some databases.
 */
final class FormerNameRules {

  private final Map<String, MigrationDeclaration> bearers = new HashMap<>();
  private final Map<String, TreeSet<String>> claimants = new TreeMap<>();

  private FormerNameRules(List<MigrationDeclaration> declarations) {
    for (MigrationDeclaration declaration : declarations) {
      bearers.put(folded(declaration.name()), declaration);
      for (String former : declaration.formerly()) {
        claimants
            .computeIfAbsent(folded(former), name -> new TreeSet<>())
            .add(declaration.className());
      }
    }
  }

  /** Checks the migrations of one module. */
  static void check(List<MigrationDeclaration> declarations, ValidationReport report) {
    FormerNameRules rules = new FormerNameRules(declarations);
    for (MigrationDeclaration declaration : declarations) {
      declaration.formerly().stream()
          .map(former -> rules.problemOf(former, declaration))
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(
              problem ->
                  report.add(Finding.atValue(declaration, declaration.formerlyValue(), problem)));
    }
  }

  private Optional<String> problemOf(String former, MigrationDeclaration declaration) {
    MigrationDeclaration bearer = bearers.get(folded(former));
    TreeSet<String> all = claimants.getOrDefault(folded(former), new TreeSet<>());
    if (former.isBlank()) {
      return Optional.of(Problems.formerlyBlank(former));
    }
    if (former.equals(declaration.name())) {
      return Optional.of(Problems.formerlyItself(former));
    }
    if (bearer != null && !bearer.className().equals(declaration.className())) {
      return Optional.of(Problems.formerlyAnother(former, bearer.className()));
    }
    return all.size() > 1 ? Optional.of(Problems.formerlyTwice(former, all)) : Optional.empty();
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
