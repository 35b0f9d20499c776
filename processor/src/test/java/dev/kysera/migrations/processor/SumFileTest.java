package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.module;
import static dev.kysera.migrations.processor.Compilations.print;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.kysera.migrations.annotation.internal.Fingerprints;
import dev.kysera.migrations.annotation.internal.SumFile;
import dev.kysera.migrations.annotation.internal.SumFile.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler compares the code with a committed {@code migrations.sum}. */
class SumFileTest {

  private static final String ACCEPT =
      "or, if it is meant, compile with -Akysera.migrations.sum= (no file), and run"
          + " \"sum update --accept %s\" of your command line.";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void release() throws IOException {
    file = directory.resolve("migrations.sum");
    release("app.Migrations", migration("A", "001_a", "1"), migration("B", "002_b", "2"));
  }

  private void release(String registry, JavaFileObject... sources) throws IOException {
    List<Line> lines = new ArrayList<>();
    generated(compile(List.of(), List.of(sources)), registry)
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("\\d+_.* 1:.*"))
        .map(line -> line.split(" "))
        .forEach(
            columns ->
                lines.add(new Line(0, columns[0], Fingerprints.parse(columns[1]).orElseThrow())));
    Files.writeString(file, SumFile.of(lines).render());
  }

  /** A migration with the annotation on line 2. */
  private static JavaFileObject migration(String simpleName, String name, String value) {
    return annotated("app", simpleName, "\"" + name + "\"", value);
  }

  private static JavaFileObject annotated(
      String packageName, String simpleName, String annotation, String value) {
    return source(
        packageName + "." + simpleName,
        "package " + packageName + ";",
        "@dev.kysera.migrations.annotation.Migration(" + annotation + ")",
        "class " + simpleName + " implements dev.kysera.migrations.JdbiMigration {",
        "  public void up(org.jdbi.v3.core.Handle h) { h.execute(\"select " + value + "\"); }",
        "}");
  }

  private Compilation compileWith(Path sum, JavaFileObject... sources) {
    return compile(List.of("-Akysera.migrations.sum=" + sum), Arrays.asList(sources));
  }

  private List<String> errorsOf(JavaFileObject... sources) {
    return errors(compileWith(file, sources));
  }

  @Test
  void sum_everythingAsReleasedAndMoreBehind_compiles() {
    Compilation compilation =
        compileWith(
            file,
            migration("A", "001_a", "1"),
            migration("B", "002_b", "2"),
            migration("C", "003_c", "3"));

    assertThat(compilation.diagnostics()).isEmpty();
  }

  @Test
  void sum_edited_isAnErrorAtTheClass() {
    assertThat(errorsOf(migration("A", "001_a", "2"), migration("B", "002_b", "2")))
        .containsExactly(
            "A.java:3:1: [Edited] @Migration class app.A must stay as it was released; found"
                + " another source than line 1 of %s was made of. Undo the edit, and make a new"
                    .formatted(file)
                + " migration of it; "
                + ACCEPT.formatted("001_a"));
  }

  @Test
  void sum_removed_isAnErrorWithoutPlace() {
    assertThat(errorsOf(migration("A", "001_a", "1")))
        .containsExactly(
            "[Removed] @Migration \"002_b\" must stay in the code, since it was released; found it"
                + " in line 2 of %s only. Restore its class; if it has another name and another"
                    .formatted(file)
                + " source now, write formerly = \"002_b\" there; "
                + ACCEPT.formatted("002_b"));
  }

  @Test
  void sum_renamed_isAnErrorAtTheName() {
    assertThat(errorsOf(migration("A", "001_a", "1"), migration("B", "002_new", "2")))
        .containsExactly(
            "B.java:2:45: [Renamed] @Migration name must stay as it was released; found"
                + " \"002_new\" on what line 2 of %s has as \"002_b\". Write".formatted(file)
                + " @Migration(value = \"002_new\", formerly = \"002_b\").");
  }

  @Test
  void sum_renamedAndSaidSo_compiles() {
    JavaFileObject renamed =
        annotated("app", "B", "value = \"002_new\", formerly = \"002_b\"", "2");

    assertThat(errorsOf(migration("A", "001_a", "1"), renamed)).isEmpty();
  }

  @Test
  void sum_renamedToAnotherPlace_isAnErrorAtTheName() {
    JavaFileObject moved = annotated("app", "A", "value = \"003_a\", formerly = \"001_a\"", "1");

    assertThat(errorsOf(moved, migration("B", "002_b", "2")))
        .containsExactly(
            "A.java:2:53: [BeforeHead] @Migration name must keep the place of \"001_a\", which it is"
                + " formerly, in line 1 of %s; found \"003_a\", which sorts elsewhere. Write it like"
                    .formatted(file)
                + " \"001_a\".");
  }

  @Test
  void sum_newOneBeforeTheHead_isAnErrorAtTheName() throws IOException {
    release("app.Migrations", migration("A", "001_a", "1"), migration("C", "003_c", "3"));

    assertThat(
            errorsOf(
                migration("A", "001_a", "1"),
                migration("B", "002_b", "2"),
                migration("C", "003_c", "3")))
        .containsExactly(
            "B.java:2:45: [BeforeHead] @Migration name must sort behind all that is released, up to"
                + " \"003_c\" in %s; found \"002_b\", which is not in the file. Write it like"
                    .formatted(file)
                + " \"004_b\"; "
                + ACCEPT.formatted("002_b"));
  }

  @Test
  void sum_lineTakenAway_isAnErrorOfTheFileAndOfTheClass() throws IOException {
    String sound = Files.readString(file);
    Files.writeString(file, sound.substring(sound.indexOf('\n') + 1));
    String head = SumFile.parse(Files.readString(file)).computedHead();

    assertThat(errorsOf(migration("A", "001_a", "1"), migration("B", "002_b", "2")))
        .containsExactlyInAnyOrder(
            "[SumFile] @Migration file %s must be as \"sum update\" has written it; found that line"
                    .formatted(file)
                + " 2, the head, is not the digest of the lines above it. Restore the file from"
                + " version control; if no line is missing after a merge, write \"head %s\" there."
                    .formatted(head),
            "A.java:2:45: [BeforeHead] @Migration name must sort behind all that is released, up to"
                + " \"002_b\" in %s; found \"001_a\", which is not in the file. Write it like"
                    .formatted(file)
                + " \"003_a\"; "
                + ACCEPT.formatted("001_a"));
  }

  @Test
  void sum_conflictOfAMerge_isAnErrorOfTheFile() throws IOException {
    Files.writeString(file, "<<<<<<< ours\n" + Files.readString(file) + "=======\n>>>>>>> x\n");

    assertThat(errorsOf(migration("A", "001_a", "1"), migration("B", "002_b", "2")))
        .containsExactly(
            "[SumFile] @Migration file %s must be as \"sum update\" has written it; found that line"
                    .formatted(file)
                + " 1 is a conflict marker of git. Restore the file from version control; after a"
                + " merge, keep the lines of both sides, in the order of their numbers, and one"
                + " head as the last line.");
  }

  @Test
  void sum_ofOtherMigrations_isTheOnlyError() {
    assertThat(errorsOf(migration("T", "001_test", "1"), migration("U", "003_test", "1")))
        .containsExactly(
            "[SumFile] @Migration file %s must be that of the migrations being compiled; found none"
                    .formatted(file)
                + " of the 2 that it lists, such as \"001_a\", among them. Give the option"
                + " -Akysera.migrations.sum to the compilation of the listed ones only, not to that"
                + " of the tests.");
  }

  @Test
  void sum_lineThatCannotBeRead_isTheOnlyError() throws IOException {
    Files.writeString(file, Files.readString(file).replace("001_a 1:", "001_a 1;"));

    assertThat(errorsOf(migration("A", "001_a", "1"), migration("B", "002_b", "2")))
        .singleElement()
        .satisfies(
            error ->
                assertThat(error)
                    .startsWith("[SumFile]")
                    .contains("line 1 is not a name, a blank and a fingerprint"));
  }

  @Test
  void sum_noFile_isAWarning() {
    Path other = directory.resolve("other.sum");
    Compilation compilation = compileWith(other, migration("A", "001_a", "1"));

    assertThat(compilation.warnings().stream().map(Compilations::print))
        .containsExactly(
            "[SumFile] @Migration file %s is not there, so nothing counts as released. Mend the"
                    .formatted(other)
                + " option -Akysera.migrations.sum, or let \"sum update\" of your command line"
                + " write the file.");
    assertThat(compilation.errors()).isEmpty();
  }

  @Test
  void sum_noText_isAnError() throws IOException {
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 1});

    assertThat(errorsOf(migration("A", "001_a", "1")))
        .containsExactly(
            "[SumFile] @Migration file %s must be readable; found \"no UTF-8\". Mend it, or the"
                    .formatted(file)
                + " option -Akysera.migrations.sum.");
  }

  @Test
  void sum_emptyFileOrEmptyOption_comparesNothing() throws IOException {
    Files.writeString(file, "");
    assertThat(errorsOf(migration("A", "001_a", "9"))).isEmpty();

    Compilation compilation =
        compile(List.of("-Akysera.migrations.sum="), List.of(migration("A", "001_a", "9")));
    assertThat(compilation.diagnostics()).isEmpty();
  }

  @Test
  void sum_directory_hasAFileForTheModule() throws IOException {
    Files.move(file, directory.resolve("app.sum"));

    assertThat(
            errors(
                compileWith(directory, migration("A", "001_a", "2"), migration("B", "002_b", "2"))))
        .singleElement()
        .satisfies(error -> assertThat(error).contains("[Edited]", "app.sum"));
  }

  @Test
  void sum_migrationWithAnotherFault_countsAsThere() {
    JavaFileObject faulty = annotated("app", "B", "value = \"002_b\", estimatedMillis = -1", "2");

    assertThat(errorsOf(migration("A", "001_a", "1"), faulty))
        .singleElement()
        .satisfies(error -> assertThat(error).contains("[Estimate]"));
  }

  @Test
  void sum_unverifiedLine_comparesWithNothing() throws IOException {
    Files.writeString(file, SumFile.of(List.of(new Line(0, "001_a", Fingerprints.NONE))).render());

    assertThat(errorsOf(migration("A", "001_a", "9"))).isEmpty();
  }

  @Test
  void sum_modulePackage_namesTheFile() throws IOException {
    Files.delete(file);
    Compilation compilation = compileWith(directory, module("app"), migration("A", "001_a", "1"));

    assertThat(compilation.warnings().stream().map(warning -> print(warning)))
        .singleElement()
        .satisfies(text -> assertThat(text).contains(directory.resolve("app.sum").toString()));
  }
}
