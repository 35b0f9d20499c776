package dev.kysera.migrations.processor;

import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A class to be generated in a package below that of {@code Migrations}, which creates the
 * migrations there that are not public.
 *
 * @param name its name
 * @param migrations the class {@code Migrations} that asks it
 * @param entries the migrations, by their position in the registry
 * @param hiddenNames simple names that mean something else in its package
 * @param hasGeneratedAnnotation whether the user's module can see {@code @Generated}
 * @param suppressedWarnings the lint categories in which the class would cause a warning
 */
record PackageFactory(
    ClassName name,
    ClassName migrations,
    SortedMap<Integer, RegistryModel.Entry> entries,
    Set<String> hiddenNames,
    boolean hasGeneratedAnnotation,
    List<String> suppressedWarnings) {

  static final String SIMPLE_NAME = "MigrationFactory";

  static ClassName nameIn(String packageName) {
    return ClassName.get(packageName, SIMPLE_NAME);
  }

  /** Finds the migrations that {@code Migrations} cannot create itself, by package. */
  static SortedMap<String, SortedMap<Integer, RegistryModel.Entry>> inaccessible(
      List<RegistryModel.Entry> entries) {
    SortedMap<String, SortedMap<Integer, RegistryModel.Entry>> byPackage = new TreeMap<>();
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).accessible()) {
        byPackage
            .computeIfAbsent(entries.get(i).declaration().packageName(), name -> new TreeMap<>())
            .put(i, entries.get(i));
      }
    }
    return byPackage;
  }

  /** The entries in parts, each small enough for one method, by the number of the part. */
  SortedMap<Integer, SortedMap<Integer, RegistryModel.Entry>> parts() {
    SortedMap<Integer, SortedMap<Integer, RegistryModel.Entry>> parts = new TreeMap<>();
    entries.forEach(
        (position, entry) ->
            parts
                .computeIfAbsent(position / RegistryPart.SIZE, part -> new TreeMap<>())
                .put(position, entry));
    return parts;
  }

  List<MigrationDeclaration> declarations() {
    List<MigrationDeclaration> declarations = new ArrayList<>();
    entries.values().forEach(entry -> declarations.add(entry.declaration()));
    return declarations;
  }
}
