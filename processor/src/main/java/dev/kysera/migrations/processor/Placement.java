package dev.kysera.migrations.processor;

import dev.kysera.migrations.annotation.MigrationModule;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.lang.model.element.PackageElement;
import javax.lang.model.util.Elements;

/**
 * Where each class {@code Migrations} goes: into every package that is annotated with
 * {@code @MigrationModule}, or without such a package into the one of all migrations.
 *
 * @param packages the packages that hold migrations
 * @param modules the annotated packages: those of this compilation, and the nearest at or above
 *     each migration
 */
record Placement(NavigableSet<String> packages, NavigableSet<String> modules) {

  private static final String ANNOTATION_NAME = MigrationModule.class.getCanonicalName();

  /**
   * Looks above each migration too, since a {@code package-info} may be there as a class file only.
   * Behind the nearest one are modules whose migrations this compilation may not see.
   */
  static Placement of(
      List<MigrationDeclaration> declarations, Set<String> declaredModules, Elements elements) {
    NavigableSet<String> packages = new TreeSet<>();
    declarations.forEach(declaration -> packages.add(declaration.packageName()));
    NavigableSet<String> modules = new TreeSet<>(declaredModules);
    for (String name : packages) {
      nearestModule(name, declaredModules, elements).ifPresent(modules::add);
    }
    return new Placement(packages, modules);
  }

  /** Returns the nearest annotated package at or above that one, compiled now or earlier. */
  static Optional<String> nearestModule(
      String packageName, Set<String> declaredModules, Elements elements) {
    return nearest(
        packageName, above -> declaredModules.contains(above) || isModule(above, elements));
  }

  private static boolean isModule(String packageName, Elements elements) {
    PackageElement element = elements.getPackageElement(packageName);
    return element != null && DeclarationReader.annotation(element, ANNOTATION_NAME).isPresent();
  }

  /** Returns the nearest package at or above that one which is such a one. */
  private static Optional<String> nearest(String packageName, Predicate<String> condition) {
    for (String above = packageName; !above.isEmpty(); above = parent(above)) {
      if (condition.test(above)) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }

  /** Returns whether the user has to say first where {@code Migrations} shall go. */
  boolean isUndecided() {
    return modules.isEmpty() && packages.size() > 1;
  }

  /** Returns the nearest annotated package at or above that one. */
  Optional<String> moduleOf(String packageName) {
    return nearest(packageName, modules::contains);
  }

  /** Returns the package whose {@code Migrations} creates the migrations of that package. */
  String targetOf(String packageName) {
    return moduleOf(packageName).orElse(packageName);
  }

  /** Returns those of the migrations that the {@code Migrations} of that package creates. */
  List<MigrationDeclaration> membersOf(String target, List<MigrationDeclaration> declarations) {
    return declarations.stream().filter(d -> targetOf(d.packageName()).equals(target)).toList();
  }

  /** Returns whether {@code Migrations} can call what is not public. */
  boolean isInPackageOfItsTarget(MigrationDeclaration declaration) {
    return targetOf(declaration.packageName()).equals(declaration.packageName());
  }

  /**
   * Returns the packages that get a class {@code Migrations}. While the user has to choose they are
   * all that may be meant, so that code that uses any of them has no errors of its own.
   */
  NavigableSet<String> targets() {
    return modules.isEmpty() ? packages : modules;
  }

  /** Divides migrations by the package of the {@code Migrations} that creates them. */
  SortedMap<String, List<MigrationDeclaration>> byTarget(List<MigrationDeclaration> declarations) {
    SortedMap<String, List<MigrationDeclaration>> members = new TreeMap<>();
    targets().forEach(target -> members.put(target, new ArrayList<>()));
    for (MigrationDeclaration declaration : declarations) {
      members
          .computeIfAbsent(targetOf(declaration.packageName()), target -> new ArrayList<>())
          .add(declaration);
    }
    return members;
  }

  /** Returns the nearest package above all that hold migrations, empty if only the unnamed is. */
  String commonParent() {
    String common = packages.isEmpty() ? "" : packages.first();
    while (!common.isEmpty() && !isAtOrAboveAll(common)) {
      common = parent(common);
    }
    return common;
  }

  private boolean isAtOrAboveAll(String name) {
    return packages.stream().allMatch(p -> p.equals(name) || p.startsWith(name + "."));
  }

  private static String parent(String packageName) {
    return packageName.substring(0, Math.max(0, packageName.lastIndexOf('.')));
  }
}
