package dev.kysera.migrations.processor;

import dev.kysera.migrations.annotation.MigrationModule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.lang.model.element.PackageElement;
import javax.lang.model.util.Elements;

/**
 * Where {@code Migrations} goes: into the one package of all migrations, or into the package that
 * is annotated with {@code @MigrationModule} above them.
 *
 * @param packages the packages that hold migrations
 * @param modules the annotated packages: those of this compilation and those above a migration
 */
record Placement(SortedSet<String> packages, SortedSet<String> modules) {

  private static final String ANNOTATION_NAME = MigrationModule.class.getCanonicalName();

  /**
   * Looks above each migration too, since a {@code package-info} may be there as a class file only.
   */
  static Placement of(
      List<MigrationDeclaration> declarations, Set<String> declaredModules, Elements elements) {
    SortedSet<String> packages = new TreeSet<>();
    declarations.forEach(declaration -> packages.add(declaration.packageName()));
    SortedSet<String> modules = new TreeSet<>(declaredModules);
    for (String name : packages) {
      for (String above = name; !above.isEmpty(); above = parent(above)) {
        if (isModule(above, elements)) {
          modules.add(above);
        }
      }
    }
    return new Placement(packages, modules);
  }

  private static boolean isModule(String packageName, Elements elements) {
    PackageElement element = elements.getPackageElement(packageName);
    return element != null && DeclarationReader.annotation(element, ANNOTATION_NAME).isPresent();
  }

  /** Returns the one package of {@code Migrations}, empty if the user has to choose first. */
  Optional<String> target() {
    SortedSet<String> candidates = modules.isEmpty() ? packages : modules;
    return candidates.size() == 1 ? Optional.of(candidates.first()) : Optional.empty();
  }

  /** Returns the package whose {@code Migrations} creates the migrations of that package. */
  String targetOf(String packageName) {
    for (String above = packageName; !above.isEmpty(); above = parent(above)) {
      if (modules.contains(above)) {
        return above;
      }
    }
    return packageName;
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
  SortedSet<String> targets() {
    Optional<String> target = target();
    SortedSet<String> targets = new TreeSet<>();
    if (target.isPresent()) {
      targets.add(target.get());
    } else {
      targets.addAll(modules);
      packages.forEach(name -> targets.add(targetOf(name)));
    }
    return targets;
  }

  /** Returns the nearest package at or above all of these, empty if only the unnamed one is. */
  String commonParent() {
    SortedSet<String> all = new TreeSet<>(packages);
    all.addAll(modules);
    String common = all.isEmpty() ? "" : all.first();
    while (!common.isEmpty() && !isAtOrAbove(common, all)) {
      common = parent(common);
    }
    return common;
  }

  private static boolean isAtOrAbove(String name, Set<String> packages) {
    return packages.stream().allMatch(p -> isAtOrBelow(p, name));
  }

  static boolean isAtOrBelow(String packageName, String above) {
    return packageName.equals(above) || packageName.startsWith(above + ".");
  }

  private static String parent(String packageName) {
    return packageName.substring(0, Math.max(0, packageName.lastIndexOf('.')));
  }
}
