package dev.kysera.migrations.processor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kysera.migrations.annotation.Migration;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileManager.Location;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Migrations that the compiler was not told to compile: some build tools and editors compile the
 * changed files only. Without the others {@code Migrations} would lose them.
 *
 * <p>Classes of the same package or the same module count if their source is on the source path;
 * where there is none, if they are in the output of this compilation. A class file whose source was
 * deleted is forgotten where that can be known, and main's migrations, seen from tests, are in
 * neither place.
 */
final class UnseenMigrations {

  private static final String ANNOTATION_NAME = Migration.class.getCanonicalName();

  /** The constant of a class file that names its source, after its length in two bytes. */
  private static final Pattern SOURCE_FILE =
      Pattern.compile("(?s)\\x01\\x00(.)(?=([\\w$]+\\.java))");

  /**
   * What there is beside the classes that are compiled.
   *
   * @param types the migrations that count, by name
   * @param outOfSight the names of classes in the output that this compilation cannot use
   * @param modules the annotated packages that were met on the way
   */
  record Unseen(
      SortedMap<String, TypeElement> types,
      SortedSet<String> outOfSight,
      SortedSet<String> modules) {}

  private final Elements elements;
  private final Filer filer;

  UnseenMigrations(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.filer = environment.getFiler();
  }

  /**
   * Finds what belongs to the same modules.
   *
   * @param known the migrations that are compiled, by name
   * @param modules the annotated packages that are compiled
   */
  Unseen beside(Map<String, TypeElement> known, Set<String> modules) {
    Set<PackageElement> packages = new LinkedHashSet<>();
    known.values().forEach(type -> packages.add(elements.getPackageOf(type)));
    modules.forEach(name -> addIfThere(elements.getPackageElement(name), packages));
    Map<TypeElement, Map<String, TypeElement>> candidates = new LinkedHashMap<>();
    for (PackageElement element : packages) {
      for (TypeElement topLevel : ElementFilter.typesIn(element.getEnclosedElements())) {
        addCandidate(topLevel, known.keySet(), candidates);
      }
    }
    Set<Element> withSource = withSource(packages, known.values());
    SortedSet<String> met = new TreeSet<>();
    SortedSet<String> outOfSight = addFiles(packages, modules, withSource, known, candidates, met);
    SortedMap<String, TypeElement> types = new TreeMap<>();
    candidates.forEach(
        (topLevel, migrations) -> {
          if (withSource.isEmpty()
              ? exists(StandardLocation.CLASS_OUTPUT, topLevel, ".class")
              : hasSource(topLevel) || hasAnotherSource(topLevel)) {
            types.putAll(migrations);
          }
        });
    return new Unseen(types, outOfSight, met);
  }

  private static void addIfThere(@Nullable PackageElement element, Set<PackageElement> packages) {
    if (element != null) {
      packages.add(element);
    }
  }

  private static void addCandidate(
      TypeElement topLevel,
      Set<String> known,
      Map<TypeElement, Map<String, TypeElement>> candidates) {
    Map<String, TypeElement> migrations = new TreeMap<>();
    addMigrations(topLevel, known, migrations);
    if (!migrations.isEmpty()) {
      candidates.put(topLevel, migrations);
    }
  }

  /** Adds what lies in packages below a module, and returns what cannot be added. */
  private SortedSet<String> addFiles(
      Set<PackageElement> packages,
      Set<String> modules,
      Set<Element> withSource,
      Map<String, TypeElement> known,
      Map<TypeElement, Map<String, TypeElement>> candidates,
      SortedSet<String> met) {
    Set<String> targets = new TreeSet<>();
    Set<String> modulesHere = new TreeSet<>();
    for (PackageElement element : packages) {
      String name = element.getQualifiedName().toString();
      Optional<String> module = Placement.nearestModule(name, modules, elements);
      module.ifPresent(modulesHere::add);
      targets.add(module.orElse(name));
    }
    met.addAll(modulesHere);
    Predicate<String> isBelow =
        name ->
            Placement.nearestModule(name, modules, elements)
                .filter(module -> belongs(name, module, modulesHere, met))
                .isPresent();
    Set<String> seen = new TreeSet<>();
    known.values().forEach(type -> seen.add(topLevelOf(type)));
    candidates.keySet().forEach(type -> seen.add(topLevelOf(type)));
    MigrationFiles files = new MigrationFiles(elements, filer);
    SortedSet<String> found = files.inOutput(inOutput(known, modulesHere), targets, isBelow, seen);
    SortedSet<String> names = new TreeSet<>(found);
    if (!withSource.isEmpty() && !modulesHere.isEmpty()) {
      names.addAll(files.onSourcePath(withSource, modulesHere, isBelow, seen));
    }
    SortedSet<String> outOfSight = new TreeSet<>();
    for (String name : names) {
      TypeElement type = VisibleTypes.from(packages.iterator().next(), elements).find(name);
      if (type != null) {
        addCandidate(type, known.keySet(), candidates);
      } else if (found.contains(name)) {
        outOfSight.add(name);
      }
    }
    return outOfSight;
  }

  /**
   * Returns what is there, or is going to be: to ask for another file would make some create it.
   */
  private List<Element> inOutput(Map<String, TypeElement> known, Set<String> modules) {
    List<Element> found = new ArrayList<>();
    for (TypeElement type : known.values()) {
      if (type.getEnclosingElement() instanceof PackageElement) {
        found.add(type);
      }
    }
    for (String name : modules) {
      PackageElement element = elements.getPackageElement(name);
      if (element != null) {
        found.add(element);
      }
    }
    return found;
  }

  /** A module of its own inside another one ends that. */
  private static boolean belongs(
      String name, String module, Set<String> modulesHere, SortedSet<String> met) {
    met.add(module);
    return !module.equals(name) && modulesHere.contains(module);
  }

  private String topLevelOf(TypeElement type) {
    Element topLevel = type;
    while (topLevel.getEnclosingElement() instanceof TypeElement around) {
      topLevel = around;
    }
    return ((TypeElement) topLevel).getQualifiedName().toString();
  }

  /**
   * Returns one element of each package that is on a source path. A source path that holds a
   * migration which is being compiled holds them all.
   */
  private Set<Element> withSource(Set<PackageElement> packages, Collection<TypeElement> known) {
    Map<Element, Element> found = new LinkedHashMap<>();
    for (TypeElement type : known) {
      PackageElement element = elements.getPackageOf(type);
      if (!found.containsKey(element) && hasSource(type)) {
        found.put(element, type);
      }
    }
    for (PackageElement element : packages) {
      if (found.isEmpty() && exists(StandardLocation.SOURCE_PATH, element, "package-info.java")) {
        found.put(element, element);
      }
    }
    return new LinkedHashSet<>(found.values());
  }

  private boolean hasSource(TypeElement type) {
    return exists(StandardLocation.SOURCE_PATH, type, ".java");
  }

  /** Returns whether a class is generated, or written in the source of another one. */
  private boolean hasAnotherSource(TypeElement type) {
    if (exists(StandardLocation.SOURCE_OUTPUT, type, ".java")) {
      return true;
    }
    String content = contentOf(type);
    return !content.isEmpty()
        && (!content.contains("SourceFile")
            || SOURCE_FILE
                .matcher(content)
                .results()
                .filter(match -> match.group(1).charAt(0) == match.group(2).length())
                .anyMatch(
                    match -> exists(StandardLocation.SOURCE_PATH, (Element) type, match.group(2))));
  }

  /** Returns the bytes of the class file in the output as characters, empty if there is none. */
  private String contentOf(TypeElement type) {
    try (InputStream in =
        filer
            .getResource(
                StandardLocation.CLASS_OUTPUT,
                elements.getPackageOf(type).getQualifiedName(),
                type.getSimpleName() + ".class")
            .openInputStream()) {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException | RuntimeException e) {
      return "";
    }
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

  private boolean exists(Location location, TypeElement type, String ending) {
    return exists(location, (Element) type, type.getSimpleName() + ending);
  }

  /** A compiler may refuse a location in its own way, which means that nothing is there. */
  private boolean exists(Location location, Element inPackage, String fileName) {
    String packageName = elements.getPackageOf(inPackage).getQualifiedName().toString();
    try {
      filer.getResource(location, packageName, fileName).openInputStream().close();
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
