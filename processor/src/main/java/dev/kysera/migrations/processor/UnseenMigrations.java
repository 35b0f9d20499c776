package dev.kysera.migrations.processor;

import dev.kysera.migrations.annotation.Migration;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileManager.Location;
import javax.tools.StandardLocation;

/**
 * Migrations that the compiler was not told to compile: some build tools and editors compile the
 * changed files only. Without the others {@code Migrations} would lose them.
 *
 * <p>Classes of the same package count if their source is on the source path; where there is none,
 * if they are in the output of this compilation. A class file whose source was deleted is forgotten
 * where that can be known, and main's migrations, seen from tests, are in neither place.
 */
final class UnseenMigrations {

  private static final String ANNOTATION_NAME = Migration.class.getCanonicalName();

  private final Elements elements;
  private final Filer filer;

  UnseenMigrations(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.filer = environment.getFiler();
  }

  /** Returns the migrations by name that lie in one package with a known one. */
  Map<String, TypeElement> beside(Map<String, TypeElement> known) {
    Set<PackageElement> packages = new LinkedHashSet<>();
    known.values().forEach(type -> packages.add(elements.getPackageOf(type)));
    Map<TypeElement, Map<String, TypeElement>> candidates = new LinkedHashMap<>();
    for (PackageElement element : packages) {
      for (TypeElement topLevel : ElementFilter.typesIn(element.getEnclosedElements())) {
        Map<String, TypeElement> migrations = new TreeMap<>();
        addMigrations(topLevel, known.keySet(), migrations);
        if (!migrations.isEmpty()) {
          candidates.put(topLevel, migrations);
        }
      }
    }
    return thatCount(candidates, known.values());
  }

  /** A source path that holds a migration which is being compiled holds them all. */
  private Map<String, TypeElement> thatCount(
      Map<TypeElement, Map<String, TypeElement>> candidates, Collection<TypeElement> known) {
    Map<String, TypeElement> unseen = new TreeMap<>();
    if (!candidates.isEmpty()) {
      boolean hasSourcePath = known.stream().anyMatch(this::hasSource);
      candidates.forEach(
          (topLevel, migrations) -> {
            if (hasSourcePath
                ? hasSource(topLevel)
                : exists(StandardLocation.CLASS_OUTPUT, topLevel, ".class")) {
              unseen.putAll(migrations);
            }
          });
    }
    return unseen;
  }

  private boolean hasSource(TypeElement type) {
    return exists(StandardLocation.SOURCE_PATH, type, ".java");
  }

  private static void addMigrations(
      TypeElement type, Set<String> known, Map<String, TypeElement> found) {
    String name = type.getQualifiedName().toString();
    if (!known.contains(name) && DeclarationReader.annotation(type, ANNOTATION_NAME).isPresent()) {
      found.put(name, type);
    }
    ElementFilter.typesIn(type.getEnclosedElements())
        .forEach(nested -> addMigrations(nested, known, found));
  }

  /** A compiler may refuse a location in its own way, which means that nothing is there. */
  private boolean exists(Location location, TypeElement type, String ending) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    try {
      filer
          .getResource(location, packageName, type.getSimpleName() + ending)
          .openInputStream()
          .close();
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
