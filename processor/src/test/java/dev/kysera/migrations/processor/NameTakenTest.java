package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.nio.file.Path;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class Migrations of the user's own is told apart from our earlier output. */
class NameTakenTest {

  private static final String TAKEN =
      "[NameTaken] @Migration class app.Migrations must be left to the processor, which generates"
          + " it; found another class of that name. Rename it, or move it into another package.";

  @TempDir Path directory;

  private OutputDirectory output;

  @BeforeEach
  void useDirectory() {
    output = new OutputDirectory(directory);
  }

  @Test
  void processor_classOfTheUsersOwn_isReportedThere() {
    Compilation compilation =
        compile(
            migration("app.A", "001_a"),
            source("app.Migrations", "package app;", "class Migrations {}"));

    assertThat(errors(compilation)).containsExactly("Migrations.java:2:1: " + TAKEN);
  }

  @Test
  void processor_migrationCalledMigrations_isReportedOnce() {
    assertThat(errors(compile(migration("app.Migrations", "1-a"))))
        .containsExactly("Migrations.java:4:8: " + TAKEN);
  }

  @Test
  void processor_classOfTheUsersOwnOnTheClassPath_isReportedAtTheFirstMigration()
      throws IOException {
    output.add(
        Compiler.javac().compile(source("app.Migrations", "package app;", "class Migrations {}")));

    assertThat(errors(output.compileAgainst(migration("app.A", "001_a"))))
        .containsExactly("A.java:4:8: " + TAKEN);
  }

  @Test
  void processor_ownEarlierOutputOnTheClassPath_isReplaced() throws IOException {
    output.add(compile(migration("app.A", "001_a")));

    Compilation compilation = output.compileAgainst(migration("app.B", "002_b"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations")).contains("002_b").doesNotContain("001_a");
  }

  @Test
  void processor_ownEarlierOutputInTheOutputDirectory_isReplaced() throws IOException {
    assertThat(output.compileInto(migration("app.A", "001_a"))).isEmpty();
    assertThat(output.compileInto(migration("app.A", "002_renamed"))).isEmpty();

    assertThat(directory.resolve("app/Migrations.java"))
        .content()
        .contains("002_renamed")
        .doesNotContain("001_a");
  }

  @Test
  void processor_ownEarlierOutputAmongTheSources_isReported() {
    JavaFileObject earlier =
        source("app.Migrations", generated(compile(migration("app.A", "001_a")), "app.Migrations"));

    assertThat(errors(compile(migration("app.A", "001_a"), earlier)))
        .singleElement()
        .asString()
        .startsWith("Migrations.java:")
        .endsWith(
            ": [NameTaken] @Migration class app.Migrations must be left to the processor, which"
                + " generates it; found an earlier generated one among the sources. Remove the"
                + " directory of generated sources from the sources to compile, or delete that"
                + " file.");
  }

  @Test
  void processor_sameNameInAnotherPackage_isFine() {
    Compilation compilation =
        compile(
            migration("app.A", "001_a"),
            source("app.other.Migrations", "package app.other;", "class Migrations {}"),
            source("app.Outer", "package app;", "class Outer { static class Migrations {} }"));

    assertThat(errors(compilation)).isEmpty();
  }
}
