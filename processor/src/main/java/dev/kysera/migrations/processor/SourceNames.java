package dev.kysera.migrations.processor;

import java.util.SortedSet;
import java.util.TreeSet;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/**
 * What the sources of this compilation declare. Names, since an element must not be used beyond its
 * round.
 *
 * @param migrations the classes annotated with {@code @Migration}
 * @param modules the packages annotated with {@code @MigrationModule}
 * @param types the top level types that are named like the one to be generated
 */
record SourceNames(
    SortedSet<String> migrations, SortedSet<String> modules, SortedSet<String> types) {

  SourceNames() {
    this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  }

  /** Adds a migration and returns its name. */
  String addMigration(TypeElement type) {
    String name = type.getQualifiedName().toString();
    migrations.add(name);
    return name;
  }

  void addModule(PackageElement element) {
    modules.add(element.getQualifiedName().toString());
  }

  void addNamesakes(RoundEnvironment round) {
    for (Element root : round.getRootElements()) {
      if (root instanceof TypeElement type
          && type.getSimpleName().contentEquals(ClassNames.MIGRATIONS)) {
        types.add(type.getQualifiedName().toString());
      }
    }
  }

  boolean areEmpty() {
    return migrations.isEmpty() && modules.isEmpty();
  }
}
