package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.STRICT;
import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.contentOf;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other processors at work in the same compilation. */
class RoundsTest {

  /** Compiles only if {@code Migrations} is written in an ordinary round. */
  private static final JavaFileObject USER =
      source(
          "app.User",
          "package app;",
          "import static app.Migrations.runner;",
          "class User {",
          "  Migrations field;",
          "  Object use(org.jdbi.v3.core.Jdbi jdbi) { return runner(jdbi); }",
          "}");

  private static final String BASE = "package app; public class Base {}";

  @ParameterizedTest(name = "ours first: {0}")
  @ValueSource(booleans = {true, false})
  void processor_supertypeGeneratedByAnother_waitsWithTheWholeSet(boolean oursFirst) {
    Compilation compilation =
        compileWith(
            new GeneratingProcessor("app.Base", BASE),
            oursFirst,
            migration("app.A", "\"001_a\"", "extends Base"),
            migration("app.B", "002_b"),
            USER);

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations")).contains("001_a", "002_b");
  }

  @ParameterizedTest(name = "ours first: {0}")
  @ValueSource(booleans = {true, false})
  void processor_nameConstantGeneratedByAnother_waits(boolean oursFirst) {
    Compilation compilation =
        compileWith(
            new GeneratingProcessor(
                "app.Names", "package app; class Names { static final String A = \"001_a\"; }"),
            oursFirst,
            migration("app.A", "Names.A", ""),
            USER);

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations")).contains("case 0 -> new A(); // 001_a");
  }

  @Test
  void processor_typeArgumentGeneratedByAnother_waits() {
    Compilation compilation =
        compileWith(
            new GeneratingProcessor("app.Base", BASE),
            true,
            migration("app.A", "\"001_a\"", "extends ThreadLocal<java.util.List<? super Base[]>>"),
            USER);

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations")).contains("001_a");
  }

  @Test
  void processor_exceptionOfAConstructorGeneratedByAnother_waits() {
    Compilation compilation =
        compileWith(
            new GeneratingProcessor(
                "app.Odd",
                "package app; @SuppressWarnings(\"serial\")"
                    + " public class Odd extends RuntimeException {}"),
            true,
            source(
                "app.A",
                "package app;",
                "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
                "class A implements dev.kysera.migrations.JdbiMigration {",
                "  A() throws Odd {}",
                "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
                "}"),
            USER);

    assertThat(errors(compilation)).isEmpty();
  }

  @Test
  void processor_supertypeGeneratedInTheThirdRound_waitsThatLong() {
    Compilation compilation =
        compileWith(
            new GeneratingProcessor(
                Map.of(
                    1, Map.of("app.First", "package app; class First {}"),
                    2, Map.of("app.Second", "package app; class Second {}"),
                    3, Map.of("app.Base", BASE))),
            false,
            migration("app.A", "\"001_a\"", "extends Base"),
            USER);

    assertThat(errors(compilation)).isEmpty();
  }

  @Test
  void processor_migrationGeneratedWhileItWaits_isTaken() {
    Compilation compilation =
        compileWith(
            new GeneratingProcessor(
                Map.of(
                    1, Map.of("app.Base", BASE, "app.B", contentOf(migration("app.B", "002_b"))))),
            false,
            migration("app.A", "\"001_a\"", "extends Base"),
            USER);

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations")).contains("001_a", "002_b");
  }

  @Test
  void processor_everyMigrationGenerated_writesInTheSecondRound() {
    Compilation compilation =
        compileWith(
            new GeneratingProcessor("app.B", contentOf(migration("app.B", "002_b"))), true, USER);

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations")).contains("002_b");
  }

  @Test
  void processor_migrationGeneratedTooLate_isReportedThere() {
    Compilation compilation =
        compileWith(
            new GeneratingProcessor("app.B", contentOf(migration("app.B", "002_b"))),
            true,
            migration("app.A", "001_a"),
            USER);

    assertThat(errors(compilation))
        .containsExactly(
            "B.java:4:8: [TooLate] @Migration class app.B must be there before Migrations is"
                + " generated; found it generated in a later round by another processor. Write"
                + " the annotated source by hand: it may extend a generated class.");
  }

  @Test
  void processor_moduleGeneratedTooLate_isReportedThere() {
    Compilation compilation =
        compileWith(
            new GeneratingProcessor(
                "app.package-info",
                "@dev.kysera.migrations.annotation.MigrationModule package app;"),
            true,
            migration("app.db.A", "001_a"));

    assertThat(errors(compilation))
        .singleElement()
        .asString()
        .startsWith("package-info.java:1:51: [TooLate] @Migration package app must be there");
  }

  @Test
  void processor_supertypeThatNeverComes_isLeftToTheCompiler() {
    Compilation compilation =
        compile(
            List.of(),
            List.of(
                migration("app.A", "\"001_a\"", "extends Missing"),
                migration("app.B", "002_b"),
                source(
                    "app.User",
                    "package app;",
                    "class User {",
                    "  Object use(org.jdbi.v3.core.Jdbi jdbi) { return Migrations.runner(jdbi); }",
                    "}")));

    assertThat(errors(compilation))
        .singleElement()
        .asString()
        .startsWith("A.java:4:24: cannot find symbol");
  }

  @Test
  void processor_constantThatNeverComes_isLeftToTheCompiler() {
    assertThat(errors(compile(List.of(), List.of(migration("app.A", "Names.A", "")))))
        .singleElement()
        .asString()
        .startsWith("A.java:3:12: cannot find symbol");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "description = \"Users\"", "5", "null", "value = {}"})
  void processor_annotationThatIsIncompleteOrWrong_addsNoError(String values) {
    Compilation compilation =
        compile(
            List.of("-XDshould-stop.ifError=FLOW"),
            List.of(migration("app.A", values, ""), migration("app.B", "002_b")));

    assertThat(errors(compilation)).singleElement().asString().startsWith("A.java:3:");
  }

  @Test
  void processor_descriptionThatLooksUnresolved_isTaken() {
    Compilation compilation =
        compile(migration("app.A", "value = \"001_a\", description = \"<error>\"", ""), USER);

    assertThat(errors(compilation)).isEmpty();
  }

  private static Compilation compileWith(
      Processor other, boolean oursFirst, JavaFileObject... sources) {
    Processor ours = new MigrationProcessor();
    return oursFirst
        ? compile(STRICT, List.of(sources), ours, other)
        : compile(STRICT, List.of(sources), other, ours);
  }
}
