package dev.kysera.migrations.cli;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The migrations that share one {@code Migrations}, and so one row of numbers.
 *
 * @param root the source folder
 * @param packageName the package of {@code Migrations}
 * @param spansPackages whether the packages below belong to it, by {@code @MigrationModule}
 * @param migrations the migrations, in any order
 */
record SourceModule(
    Path root, String packageName, boolean spansPackages, List<DeclaredMigration> migrations) {

  boolean contains(String otherPackage) {
    return otherPackage.equals(packageName)
        || (spansPackages && (packageName.isEmpty() || otherPackage.startsWith(packageName + ".")));
  }

  /** Returns whether the other one lies inside this one, and so has its own migrations. */
  boolean surrounds(SourceModule other) {
    return root.equals(other.root)
        && !packageName.equals(other.packageName)
        && contains(other.packageName);
  }

  Optional<DeclaredMigration> last() {
    return migrations.stream().max(Comparator.comparing(DeclaredMigration::name));
  }

  /** Where the next one is expected. */
  String packageOfLast() {
    return last().map(DeclaredMigration::packageName).orElse(packageName);
  }

  @Override
  public String toString() {
    return (packageName.isEmpty() ? "the unnamed package" : packageName) + " in " + root;
  }
}
