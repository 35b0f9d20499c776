package dev.kysera.migrations.processor;

import java.util.Set;
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
 * @param types the top level types that are named like those to be generated
 */
record SourceNames(
    SortedSet<String> migrations, SortedSet<String> modules, SortedSet<String> types) {

  private static final Set<String> GENERATED =
      Set.of(ClassNames.MIGRATIONS, PackageFactory.SIMPLE_NAME);

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
      if (root instanceof TypeElement type && GENERATED.contains(type.getSimpleName().toString())) {
        types.add(type.getQualifiedName().toString());
      }
    }
  }

  boolean areEmpty() {
    return migrations.isEmpty() && modules.isEmpty();
  }
}
