package dev.kysera.migrations.processor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kysera.migrations.annotation.Migration;
import dev.kysera.migrations.annotation.MigrationModule;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileManager.Location;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Files that seem to hold migrations, in the output and on the source path. The compiler's own
 * model has no list of the packages below a module, and nothing of an output that is not on the
 * class path. A compiler that does not work on files has nothing here.
 */
final class MigrationFiles {

  private static final String CLASS = ".class";
  private static final String SOURCE = ".java";
  private static final String DESCRIPTOR = descriptor(Migration.class);
  private static final String MODULE_DESCRIPTOR = descriptor(MigrationModule.class);

  private final Elements elements;
  private final Filer filer;

  private static String descriptor(Class<?> annotation) {
    return "L" + annotation.getName().replace('.', '/') + ";";
  }

  MigrationFiles(Elements elements, Filer filer) {
    this.elements = elements;
    this.filer = filer;
  }

  /**
   * Returns the names of top level classes in the output that hold what mentions the annotation.
   *
   * @param elementsThere what is in the output, or is going to be: some compilers answer for
   *     either, others for the former only
   * @param packages the packages to look into
   * @param isBelow which of the packages below these belong to them
   * @param known top level classes that need not be looked at
   */
  SortedSet<String> inOutput(
      Collection<? extends Element> elementsThere,
      Set<String> packages,
      Predicate<String> isBelow,
      Set<String> known) {
    Search search = new Search(CLASS, DESCRIPTOR, isBelow, known);
    for (Element element : elementsThere) {
      Optional<Path> root = root(StandardLocation.CLASS_OUTPUT, element, CLASS);
      if (root.isPresent()) {
        return search.in(root.get(), packages);
      }
    }
    return new TreeSet<>();
  }

  /**
   * Returns the same of the directories of sources that hold these elements.
   *
   * @param elementsThere classes or packages, one of each directory is enough
   */
  SortedSet<String> onSourcePath(
      Set<? extends Element> elementsThere,
      Set<String> packages,
      Predicate<String> isBelow,
      Set<String> known) {
    SortedSet<String> found = new TreeSet<>();
    Set<Path> roots = new TreeSet<>();
    for (Element element : elementsThere) {
      root(StandardLocation.SOURCE_PATH, element, SOURCE).ifPresent(roots::add);
    }
    Search search = new Search(SOURCE, Migration.class.getSimpleName(), isBelow, known);
    roots.forEach(root -> found.addAll(search.in(root, packages)));
    return found;
  }

  /** Returns the directory that holds the packages. */
  private Optional<Path> root(Location location, Element element, String ending) {
    String packageName = elements.getPackageOf(element).getQualifiedName().toString();
    String name =
        element instanceof TypeElement ? element.getSimpleName().toString() : "package-info";
    try {
      @Nullable Path path =
          Path.of(filer.getResource(location, packageName, name + ending).toUri());
      int depth = packageName.isEmpty() ? 0 : packageName.split("\\.").length;
      for (int i = 0; i <= depth && path != null; i++) {
        path = path.getParent();
      }
      return Optional.ofNullable(path);
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // each compiler refuses in its own way
    }
  }

  /** One walk through packages and those below them. */
  private record Search(
      String ending, String mention, Predicate<String> isBelow, Set<String> known) {

    SortedSet<String> in(Path root, Set<String> packages) {
      SortedSet<String> found = new TreeSet<>();
      for (String name : packages) {
        add(root.resolve(name.replace('.', '/')), name, found);
      }
      return found;
    }

    private void add(Path directory, String packageName, Set<String> found) {
      try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
        for (Path path : paths) {
          String fileName = path.getFileName().toString();
          if (fileName.endsWith(ending)) {
            String type = ClassNames.in(packageName, topLevel(fileName));
            if (!known.contains(type) && !found.contains(type) && mentions(path)) {
              found.add(type);
            }
          } else if (!fileName.contains(".")) {
            String below = ClassNames.in(packageName, fileName);
            if (isBelow.test(below) && Files.isDirectory(path) && !isModule(path)) {
              add(path, below, found);
            }
          }
        }
      } catch (IOException e) {
        return; // no such directory
      }
    }

    private String topLevel(String fileName) {
      String name = fileName.substring(0, fileName.length() - ending.length());
      int dollar = name.indexOf('$', 1);
      return dollar < 0 ? name : name.substring(0, dollar);
    }

    /** The compiler itself may not see this annotation. */
    private static boolean isModule(Path directory) throws IOException {
      Path info = directory.resolve("package-info" + CLASS);
      return Files.exists(info) && Files.readString(info, ISO_8859_1).contains(MODULE_DESCRIPTOR);
    }

    private boolean mentions(Path file) throws IOException {
      return Files.readString(file, ISO_8859_1).contains(mention);
    }
  }
}
