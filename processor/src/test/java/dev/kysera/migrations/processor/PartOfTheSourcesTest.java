package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compiler that is given the changed files only, as some build tools and editors do. */
class PartOfTheSourcesTest {

  @TempDir Path directory;
  private OutputDirectory output;

  @BeforeEach
  void compileAll() throws IOException {
    output = new OutputDirectory(directory);
    assertThat(output.compileInto(migration("app.A", "001_a"))).isEmpty();
  }

  @Test
  void processor_oneOfTwoFiles_keepsTheOther() throws IOException {
    assertThat(output.compileInto(migration("app.B", "002_b"))).isEmpty();

    assertThat(migrations()).contains("case 0 -> new A(); // 001_a", "case 1 -> new B(); // 002_b");
  }

  @Test
  void processor_nestedMigrations_areKept() throws IOException {
    String nested =
        " { @dev.kysera.migrations.annotation.Migration(\"002_b\") static class B"
            + " implements dev.kysera.migrations.JdbiMigration {"
            + " @Override public void up(org.jdbi.v3.core.Handle handle) {} } }";
    assertThat(output.compileInto(source("app.Group", "package app;", "class Group" + nested)))
        .isEmpty();
    assertThat(output.compileInto(migration("app.C", "003_c"))).isEmpty();

    assertThat(migrations()).contains("001_a", "new Group.B(); // 002_b", "003_c");
  }

  @Test
  void processor_otherFileDeleted_forgetsIt() throws IOException {
    Files.delete(directory.resolve("app/A.class"));

    assertThat(output.compileInto(migration("app.B", "002_b"))).isEmpty();

    assertThat(migrations()).contains("002_b").doesNotContain("001_a");
  }

  @Test
  void processor_otherSourceOnTheSourcePath_isKept() throws IOException {
    JavaFileObject changed = migration("app.B", "002_b");
    Path sources = sourcePathWith(migration("app.A", "001_a"), changed);
    output = new OutputDirectory(directory, List.of(sources.toFile()));

    assertThat(output.compileInto(changed)).isEmpty();

    assertThat(migrations()).contains("001_a", "002_b");
  }

  @Test
  void processor_classFileWithoutASourceOnTheSourcePath_isForgotten() throws IOException {
    JavaFileObject changed = migration("app.B", "002_b");
    Path sources = sourcePathWith(changed);
    output = new OutputDirectory(directory, List.of(sources.toFile()));

    assertThat(output.compileInto(changed)).isEmpty();

    assertThat(migrations()).contains("002_b").doesNotContain("001_a");
  }

  @Test
  void processor_conflictWithAFileThatIsNotCompiled_isReported() throws IOException {
    assertThat(output.compileInto(migration("app.B", "001_b")))
        .anyMatch(message -> message.startsWith("B.java:3:12: [DuplicateNumber]"));
  }

  @Test
  void processor_conflictWithAClassFile_tellsOfTheFile() throws IOException {
    Files.delete(directory.resolve("app/Migrations.java"));

    assertThat(output.compileInto(migration("app.B", "001_a")))
        .contains(
            "B.java:3:12: [DuplicateName] @Migration name must be unique, upper and lower case being"
                + " the same; found \"001_a\" on app.A and app.B. Give the newer one the"
                + " next free number, like \"002_a\". app.A is a class file in the output; if its"
                + " source is gone, delete app/A.class there.");
  }

  @Test
  void processor_classFilesHandedOverByName_areProcessedToo() throws IOException {
    assertThat(output.compileInto(List.of("app.A"), migration("app.B", "002_b"))).isEmpty();

    assertThat(migrations()).contains("001_a", "002_b");
  }

  @Test
  void processor_testsInTheSamePackage_doNotTakeMainsMigrations() {
    Compilation tests = output.compileAgainst(migration("app.B", "001_b"));

    assertThat(errors(tests)).isEmpty();
    assertThat(generated(tests, "app.Migrations")).contains("001_b").doesNotContain("001_a");
  }

  @Test
  void processor_oneOfTwoFiles_keepsTheFingerprintOfTheOther() throws IOException {
    String before = lineOf("001_a");

    assertThat(output.compileInto(migration("app.B", "002_b"))).isEmpty();

    assertThat(before).matches("001_a 1:[0-9a-f]{64} -");
    assertThat(lineOf("001_a")).isEqualTo(before);
    assertThat(lineOf("002_b")).matches("002_b 1:[0-9a-f]{64} -");
  }

  @Test
  void processor_classFilesHandedOverByName_keepTheirFingerprints() throws IOException {
    String before = lineOf("001_a");

    assertThat(output.compileInto(List.of("app.A"), migration("app.B", "002_b"))).isEmpty();

    assertThat(lineOf("001_a")).isEqualTo(before);
  }

  @Test
  void processor_sourceOnTheSourcePath_isReadAnew() throws IOException {
    String before = lineOf("001_a");
    JavaFileObject changed = migration("app.B", "002_b");
    JavaFileObject edited =
        source(
            "app.A", Compilations.contentOf(migration("app.A", "001_a")).replace("{}", "{int i;}"));
    output = new OutputDirectory(directory, List.of(sourcePathWith(edited, changed).toFile()));
    Files.delete(directory.resolve("app/A.class"));

    output.compileInto(changed); // javac warns of the other file, which it compiles as well

    assertThat(lineOf("001_a")).matches("001_a 1:[0-9a-f]{64} -").isNotEqualTo(before);
  }

  @Test
  void processor_classFileWithoutFormerRegistry_hasNoFingerprint() throws IOException {
    Files.delete(directory.resolve("app/Migrations.class"));
    Files.delete(directory.resolve("app/Migrations.java"));

    assertThat(output.compileInto(migration("app.B", "002_b"))).isEmpty();

    assertThat(migrations()).contains("001_a").doesNotContain("001_a 1:");
  }

  private String lineOf(String name) throws IOException {
    return migrations()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(name + " "))
        .findFirst()
        .orElse("");
  }

  @Test
  void processor_allFiles_takesEachOnce() {
    assertThat(errors(compile(migration("app.A", "001_a"), migration("app.B", "002_b")))).isEmpty();
  }

  /** The files are older than all class files, so the compiler takes those. */
  private Path sourcePathWith(JavaFileObject... sources) throws IOException {
    Path path = directory.resolve("src");
    Files.createDirectories(path.resolve("app"));
    for (JavaFileObject source : sources) {
      String fileName = source.getName().substring(source.getName().lastIndexOf('/') + 1);
      Path file = path.resolve("app").resolve(fileName);
      Files.writeString(file, Compilations.contentOf(source));
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    }
    return path;
  }

  private String migrations() throws IOException {
    return Files.readString(directory.resolve("app/Migrations.java"));
  }
}
