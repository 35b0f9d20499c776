package dev.kysera.migrations.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A temporary folder with sources, which are compiled again and again. */
final class Workspace implements AutoCloseable {

  private static final String REGISTRY = MigrationSources.PACKAGE + ".Migrations";

  private final Path directory;
  private final Path fileList;

  private Workspace(Path directory, Path fileList) {
    this.directory = directory;
    this.fileList = fileList;
  }

  static Workspace create(int migrations) throws IOException {
    Path directory = Files.createTempDirectory("compile");
    Path sources = Files.createDirectory(directory.resolve("src"));
    List<Path> files = MigrationSources.write(sources, migrations);
    Path fileList = directory.resolve("sources.txt");
    Files.write(fileList, files.stream().map(Path::toString).toList());
    return new Workspace(directory, fileList);
  }

  /** Compiles into an empty folder and returns the figures of the process and of its output. */
  Map<String, Double> compile(Contestant contestant) throws IOException, InterruptedException {
    delete(output(contestant));
    List<String> arguments = new ArrayList<>(contestant.options());
    arguments.addAll(List.of("--release", "17", "-encoding", "UTF-8"));
    arguments.addAll(List.of("-cp", CodeLocations.joined(CodeLocations.RUNTIME)));
    arguments.addAll(List.of("-d", output(contestant).toString(), "@" + fileList));
    Map<String, Double> figures =
        JavaProcess.run(CompilerProcess.class, CodeLocations.BENCHMARKS, arguments);
    List<Path> classes = filesIn(output(contestant), ".class");
    long bytes = 0;
    for (Path file : classes) {
      bytes += Files.size(file);
    }
    figures.put("classes", (double) classes.size());
    figures.put("bytes", (double) bytes);
    return figures;
  }

  /** Loads the registry that was compiled last, and returns the figures of that. */
  Map<String, Double> loadRegistry() throws IOException, InterruptedException {
    List<Path> user = CodeLocations.and(List.of(output(Contestant.KYSERA)), CodeLocations.RUNTIME);
    Map<String, Double> figures =
        JavaProcess.run(
            RegistryProcess.class,
            CodeLocations.and(CodeLocations.BENCHMARKS, user),
            List.of(REGISTRY));
    figures.remove(JavaProcess.WALL);
    return figures;
  }

  private Path output(Contestant contestant) {
    return directory.resolve(contestant.label());
  }

  private static List<Path> filesIn(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    delete(directory);
  }
}
