package dev.kysera.migrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A module of several packages, and a compiler that is given some of its files only. */
class PartOfAModuleTest {

  private static final List<String> ALL =
      List.of(
          "app/package-info",
          "app/A",
          "app/x/X",
          "app/y/Y",
          "app/inner/package-info",
          "app/inner/N");

  private UserProject project;

  @BeforeEach
  void writeSources(@TempDir Path directory) throws IOException {
    project = new UserProject(directory);
    project.write(
        "app/package-info.java", "@dev.kysera.migrations.annotation.MigrationModule package app;");
    project.write(
        "app/inner/package-info.java",
        "@dev.kysera.migrations.annotation.MigrationModule package app.inner;");
    migration("app", "A", "001_a");
    migration("app.x", "X", "002_x");
    migration("app.y", "Y", "003_y");
    migration("app.inner", "N", "001_n");
  }

  @ParameterizedTest
  @CsvSource({
    "app/A, false",
    "app/x/X, false",
    "app/package-info, false",
    "app/A, true",
    "app/x/X, true",
    "app/package-info, true"
  })
  void javac_oneFile_keepsTheOthers(String file, boolean hasSourcePath) throws IOException {
    assertThat(javac(output(), false, ALL)).isEmpty();
    FileTime inner = timeOf("app/inner/Migrations.class");

    assertThat(javac(output(), hasSourcePath, List.of(file))).isEmpty();

    assertThat(names()).containsExactly("001_a", "002_x", "003_y");
    assertThat(timeOf("app/inner/Migrations.class")).isEqualTo(inner);
  }

  @Test
  void javac_oneFileAndAnotherDeleted_forgetsIt() throws IOException {
    javac(output(), false, ALL);
    Files.delete(project.output().resolve("app/y/Y.class"));

    assertThat(javac(output(), false, List.of("app/x/X"))).isEmpty();

    assertThat(names()).containsExactly("001_a", "002_x");
  }

  @Test
  void javac_oneSourceAndAnEmptyOutput_takesAllOfTheSourcePath() throws IOException {
    javac("", true, List.of("app/x/X")); // it warns of the other files, which it compiles as well

    assertThat(names()).containsExactly("001_a", "002_x", "003_y");
  }

  @Test
  void javac_outputOutsideTheClassPath_isTold() throws IOException {
    javac(output(), false, ALL);
    String expected =
        "error: [OutOfSight] @Migration class app.y.Y must be compiled with the others or be on the"
            + " class path, or Migrations would lose it; found its class file in the output only."
            + " Add the output directory to the class path; or, if its source is deleted, delete"
            + " app/y/Y.class there too.";

    assertThat(javac("", false, List.of("app/package-info", "app/A", "app/x/X")))
        .isEqualToIgnoringNewLines(expected + "1 error");
    assertThat(names()).containsExactly("001_a", "002_x", "003_y");

    Files.delete(project.output().resolve("app/y/Y.class"));
    assertThat(javac("", false, List.of("app/package-info", "app/A", "app/x/X"))).isEmpty();
    assertThat(names()).containsExactly("001_a", "002_x");
  }

  @Test
  void javac_classInTheSourceOfAnother_isKeptAsLongAsThatIs() throws IOException {
    Path aux = migration("app", "B", "004_b");
    String another =
        Files.readString(aux)
            .replaceFirst("package app;", "class Other {}")
            .replace("004_b", "005_c")
            .replace("class B", "class C");
    Files.writeString(project.sources().resolve("app/Other.java"), "package app;\n" + another);
    List<String> all = new ArrayList<>(ALL);
    all.addAll(List.of("app/B", "app/Other"));
    javac(output(), false, all);

    javac(output(), true, List.of("app/B"));
    assertThat(names()).containsExactly("001_a", "002_x", "003_y", "004_b", "005_c");

    Files.delete(project.sources().resolve("app/Other.java"));
    javac(output(), true, List.of("app/B"));
    assertThat(names()).containsExactly("001_a", "002_x", "003_y", "004_b");
  }

  @Test
  void javac_generatedMigrationBesideASourcePath_isKept() throws IOException {
    Path generated = project.generated();
    Path source = migration("app", "G", "004_g");
    Files.createDirectories(generated.resolve("app"));
    javac(output(), false, Stream.concat(ALL.stream(), Stream.of("app/G")).toList());
    Files.move(source, generated.resolve("app/G.java"));

    javac(output(), true, List.of("app/A"), "-s", generated.toString());

    assertThat(names()).containsExactly("001_a", "002_x", "003_y", "004_g");
  }

  @ParameterizedTest
  @CsvSource({
    "app/x/X, false",
    "app/package-info, false",
    "app/x/X, true",
    "app/package-info, true"
  })
  void ecj_oneFileAndTheRestOfTheOldOutput_keepsTheOthers(String file, boolean hasSourcePath)
      throws IOException {
    assertThat(ecj(false, ALL)).isEmpty();
    Files.delete(project.output().resolve("app/Migrations.class"));

    assertThat(ecj(hasSourcePath, List.of(file))).isEmpty();

    assertThat(names()).containsExactly("001_a", "002_x", "003_y");
  }

  private Path migration(String packageName, String simpleName, String name) throws IOException {
    return project.write(
        packageName.replace('.', '/') + "/" + simpleName + ".java",
        "package " + packageName + ";",
        "@dev.kysera.migrations.annotation.Migration(\"" + name + "\")",
        (packageName.equals("app") ? "" : "public ") + "class " + simpleName,
        "    implements dev.kysera.migrations.JdbiMigration {",
        "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
        "}");
  }

  private String javac(String output, boolean hasSourcePath, List<String> files, String... more)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> sources =
          manager.getJavaFileObjectsFromPaths(paths(files));
      List<String> options = new ArrayList<>(options(output, hasSourcePath));
      options.addAll(Compilations.STRICT);
      options.addAll(List.of(more));
      StringWriter log = new StringWriter();
      compiler.getTask(log, manager, null, options, null, sources).call();
      return log.toString();
    }
  }

  private String ecj(boolean hasSourcePath, List<String> files) throws IOException {
    StringWriter log = new StringWriter();
    PrintWriter writer = new PrintWriter(log);
    List<String> arguments = new ArrayList<>(options(output(), hasSourcePath));
    arguments.add("-17");
    arguments.addAll(List.of("-s", project.generated().toString())); // else the working directory
    paths(files).forEach(path -> arguments.add(path.toString()));
    BatchCompiler.compile(arguments.toArray(String[]::new), writer, writer, null);
    return log.toString();
  }

  private List<Path> paths(List<String> files) {
    return files.stream().map(file -> project.sources().resolve(file + ".java")).toList();
  }

  private List<String> options(String output, boolean hasSourcePath) throws IOException {
    Files.createDirectories(project.output());
    List<String> options =
        new ArrayList<>(
            List.of(
                "-d",
                output(),
                "-cp",
                output.isEmpty()
                    ? UserProject.CLASS_PATH
                    : output + File.pathSeparator + UserProject.CLASS_PATH,
                "-processorpath",
                UserProject.PROCESSOR_PATH));
    if (hasSourcePath) {
      options.addAll(List.of("-sourcepath", project.sources().toString()));
    }
    return options;
  }

  private String output() {
    return project.output().toString();
  }

  private FileTime timeOf(String file) throws IOException {
    return Files.getLastModifiedTime(project.output().resolve(file));
  }

  private List<String> names() {
    return project
        .disassembled()
        .lines()
        .filter(line -> line.contains("FINGERPRINTS = "))
        .flatMap(line -> Stream.of(line.replaceFirst(".*? = \"", "").split("\\\\n")))
        .filter(line -> line.matches("\\d.*"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }
}
