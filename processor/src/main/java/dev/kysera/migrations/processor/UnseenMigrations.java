package dev.kysera.migrations.processor;

import dev.kysera.migrations.annotation.Migration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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

  /** Returns the names of the migrations that lie in one package with a known one. */
  Set<String> beside(Set<String> known) {
    Set<String> packages = new TreeSet<>();
    for (String name : known) {
      TypeElement type = elements.getTypeElement(name);
      if (type != null) {
        packages.add(elements.getPackageOf(type).getQualifiedName().toString());
      }
    }
    Set<String> unseen = new TreeSet<>();
    for (String name : packages) {
      PackageElement element = elements.getPackageElement(name);
      if (element != null) {
        for (TypeElement topLevel : ElementFilter.typesIn(element.getEnclosedElements())) {
          addUnseen(topLevel, name, known, unseen);
        }
      }
    }
    return unseen;
  }

  private void addUnseen(
      TypeElement topLevel, String packageName, Set<String> known, Set<String> unseen) {
    List<String> candidates = new ArrayList<>();
    addMigrations(topLevel, candidates);
    candidates.removeAll(known);
    if (candidates.isEmpty()) {
      return;
    }
    boolean counts =
        hasSourcePath(known)
            ? hasSource(topLevel)
            : exists(StandardLocation.CLASS_OUTPUT, packageName, topLevel, ".class");
    if (counts) {
      unseen.addAll(candidates);
    }
  }

  /** A source path that holds a migration which is being compiled holds them all. */
  private boolean hasSourcePath(Set<String> known) {
    return known.stream()
        .map(elements::getTypeElement)
        .filter(Objects::nonNull)
        .anyMatch(this::hasSource);
  }

  private boolean hasSource(TypeElement type) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    return exists(StandardLocation.SOURCE_PATH, packageName, type, ".java");
  }

  private static void addMigrations(TypeElement type, List<String> names) {
    if (DeclarationReader.annotation(type, ANNOTATION_NAME).isPresent()) {
      names.add(type.getQualifiedName().toString());
    }
    ElementFilter.typesIn(type.getEnclosedElements())
        .forEach(nested -> addMigrations(nested, names));
  }

  /** A compiler may refuse a location in its own way, which means that nothing is there. */
  private boolean exists(Location location, String packageName, TypeElement type, String ending) {
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
