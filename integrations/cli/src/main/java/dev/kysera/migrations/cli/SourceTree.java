package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The source folders below a directory and the migrations in them.
 *
 * @param directory where the search began
 * @param roots the folders {@code src/main/java}
 * @param modules the migrations in them, by what shares a {@code Migrations}
 */
record SourceTree(Path directory, List<Path> roots, List<SourceModule> modules) {

  private static final Path ROOT = Path.of("src", "main", "java");

  /** What builds and tools leave, which is not source. */
  private static final Set<String> NOT_SOURCE =
      Set.of("target", "build", "out", "bin", "node_modules");

  /** What every file that matters holds, whatever it imports. */
  private static final String MARK = "dev.kysera.migrations.annotation";

  /**
   * Reads the source files below a directory.
   *
   * @throws UsageException if there is no compiler to read them with, or one is not understood
   */
  static SourceTree under(Path directory) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new UsageException(
          "create reads the sources with the compiler, and this Java has none. Run it with a JDK.");
    }
    try {
      List<Path> roots = roots(directory);
      List<SourceModule> modules = new ArrayList<>();
      for (Path root : roots) {
        modules.addAll(modules(root, SourceReader.read(compiler, candidates(root))));
      }
      return new SourceTree(directory, roots, modules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Places a new migration.
   *
   * @param slug its name without a number
   * @param packageName where somebody wants it, empty for where the last one is
   * @param now the time that a timestamp is made of
   * @throws UsageException if the place is not certain, or taken
   */
  NewMigration next(String slug, Optional<String> packageName, Instant now) {
    packageName.ifPresent(SourceTree::requirePackage);
    SourceModule module = packageName.map(this::moduleFor).orElseGet(this::onlyModule);
    return NewMigration.in(module, packageName.orElseGet(module::packageOfLast), slug, now);
  }

  private static void requirePackage(String name) {
    if (!SourceVersion.isName(name, SourceVersion.RELEASE_17)) {
      throw new UsageException("--package must be the name of a package, such as app.migrations.");
    }
  }

  private SourceModule onlyModule() {
    if (roots.isEmpty()) {
      throw new UsageException(
          "There is no src/main/java below %s. Run create in the folder of the module that has the migrations."
              .formatted(directory));
    }
    if (modules.isEmpty()) {
      throw new UsageException(
          "There is no migration yet below %s. Say where the first one goes: create NAME --package app.migrations"
              .formatted(directory));
    }
    if (modules.size() > 1) {
      throw new UsageException(
          "There are migrations in more than one place:\n%s\nSay which one is meant by --package, or run create in the folder of its module."
              .formatted(lines(modules)));
    }
    return modules.get(0);
  }

  private SourceModule moduleFor(String packageName) {
    List<SourceModule> around =
        modules.stream().filter(module -> module.contains(packageName)).toList();
    List<SourceModule> fitting =
        around.stream().filter(module -> around.stream().noneMatch(module::surrounds)).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    if (!fitting.isEmpty()) {
      throw new UsageException(
          "More than one module has migrations in %s:\n%s\nRun create in the folder of the one that is meant."
              .formatted(packageName, lines(fitting)));
    }
    if (roots.size() != 1) {
      throw new UsageException(
          roots.isEmpty()
              ? "There is no src/main/java below %s. Run create in the folder of the module that gets the migration."
                  .formatted(directory)
              : "No module below %s has migrations in %s, and there are %d modules. Run create in the folder of the one that is meant."
                  .formatted(directory, packageName, roots.size()));
    }
    if (!modules.isEmpty()) {
      throw new UsageException(
          "The migrations are in another package:\n%s\nOne in %s would not compile beside them. Leave --package out, or annotate a package above both @MigrationModule."
              .formatted(lines(modules), packageName));
    }
    return new SourceModule(roots.get(0), packageName, false, List.of());
  }

  private static String lines(List<SourceModule> modules) {
    return modules.stream().map(module -> "  " + module).collect(joining("\n"));
  }

  private static List<Path> roots(Path directory) throws IOException {
    Set<Path> found = new TreeSet<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.endsWith("src")) {
              Path root = folder.resolveSibling(ROOT);
              if (Files.isDirectory(root)) {
                found.add(root);
              }
              return FileVisitResult.SKIP_SUBTREE; // what looks like a project there is test data
            }
            String name = String.valueOf(folder.getFileName());
            boolean skip = NOT_SOURCE.contains(name) || name.startsWith(".");
            return skip && !folder.equals(directory)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return List.copyOf(found);
  }

  private static List<Path> candidates(Path root) throws IOException {
    List<Path> candidates = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        if (Files.isRegularFile(file) && Files.readString(file, ISO_8859_1).contains(MARK)) {
          candidates.add(file);
        }
      }
    }
    return candidates;
  }

  /** A migration belongs to the nearest annotated package above it, else to its own. */
  private static List<SourceModule> modules(Path root, SourceReader sources) {
    TreeMap<String, List<DeclaredMigration>> byPackage = new TreeMap<>();
    sources.modulePackages().forEach(name -> byPackage.put(name, new ArrayList<>()));
    for (DeclaredMigration migration : sources.migrations()) {
      String owner = owner(migration.packageName(), sources.modulePackages());
      byPackage.computeIfAbsent(owner, name -> new ArrayList<>()).add(migration);
    }
    List<SourceModule> modules = new ArrayList<>();
    byPackage.forEach(
        (name, migrations) ->
            modules.add(
                new SourceModule(root, name, sources.modulePackages().contains(name), migrations)));
    return modules;
  }

  private static String owner(String packageName, Set<String> modulePackages) {
    String candidate = packageName;
    while (!modulePackages.contains(candidate)) {
      int dot = candidate.lastIndexOf('.');
      if (dot < 0) {
        return packageName;
      }
      candidate = candidate.substring(0, dot);
    }
    return candidate;
  }
}
