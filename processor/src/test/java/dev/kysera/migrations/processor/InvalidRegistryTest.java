package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.classPathOf;
import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import dev.kysera.migrations.annotation.Migration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule about the set of migrations: number, place and full text of the errors. */
class InvalidRegistryTest {

  @Test
  void processor_sameName_isReportedOnEachClass() {
    String message =
        "[DuplicateName] @Migration name must be unique, upper and lower case being the same;"
            + " found \"001_a\" on app.A and app.B. Give the newer one the next free number, like \"002_a\".";

    assertThat(errors(compile(migration("app.A", "001_a"), migration("app.B", "001_a"))))
        .containsExactly("A.java:3:12: " + message, "B.java:3:12: " + message);
  }

  @Test
  void processor_sameNumber_isReportedOnEachClass() {
    String message =
        "[DuplicateNumber] @Migration number must be unique, since it decides the order; found 1"
            + " in \"001_a\" (app.A) and \"1_b\" (app.B). Give the newer one the next free number,"
            + " like \"002_%s\".";

    assertThat(errors(compile(migration("app.A", "001_a"), migration("app.B", "1_b"))))
        .containsExactly(
            "A.java:3:12: " + message.formatted("a"), "B.java:3:12: " + message.formatted("b"));
  }

  @Test
  void processor_differentWidths_areReportedOnBothClasses() {
    String message =
        "[Width] @Migration names must sort the same as text and by number; found \"9_a\" (app.A),"
            + " which as text comes after \"010_b\" (app.B)."
            + " Write both numbers with 3 digits, like \"009_a\" and \"010_b\".";

    assertThat(errors(compile(migration("app.A", "9_a"), migration("app.B", "010_b"))))
        .containsExactly("A.java:3:12: " + message, "B.java:3:12: " + message);
  }

  @Test
  void processor_classFaultBesideADuplicateName_givesOneErrorForEachClass() {
    Compilation compilation =
        compile(
            source(
                "app.A",
                "package app;",
                "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
                "abstract class A implements dev.kysera.migrations.JdbiMigration {}"),
            migration("app.B", "001_a"));

    assertThat(errors(compilation))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("A.java:3:10: [Abstract]"),
            second -> assertThat(second).startsWith("B.java:3:12: [DuplicateName]"));
  }

  @Test
  void processor_twoPackages_areReportedOnEachClassWithTheFileToWrite() {
    String message =
        "[Packages] @Migration class %s must lie in one package with all others, or below a"
            + " package annotated @MigrationModule; found migrations in \"app.a\", \"app.b\"."
            + " Write \"@dev.kysera.migrations.annotation.MigrationModule package app;\" into"
            + " app/package-info.java, or move the classes into one package.";

    assertThat(errors(compile(migration("app.a.A", "001_a"), migration("app.b.B", "002_b"))))
        .containsExactly(
            "A.java:4:8: " + message.formatted("app.a.A"),
            "B.java:4:8: " + message.formatted("app.b.B"));
  }

  @Test
  void processor_packagesWithoutACommonParent_areToldToMove() {
    String message =
        "[Packages] @Migration class %s must lie in one package with all others, or below a"
            + " package annotated @MigrationModule; found migrations in the unnamed package,"
            + " \"org.b\". Move the classes into one package.";

    assertThat(errors(compile(migration("A", "001_a"), migration("org.b.B", "002_b"))))
        .containsExactly(
            "A.java:4:8: " + message.formatted("A"), "B.java:4:8: " + message.formatted("org.b.B"));
  }

  @Test
  void processor_textFromThePackagesMessage_mendsIt() {
    Compilation compilation =
        compile(
            source(
                "app.package-info",
                "@dev.kysera.migrations.annotation.MigrationModule package app;"),
            migration("app.a.A", "001_a"),
            migration("app.b.B", "002_b"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(Compilations.hasGenerated(compilation, "app.Migrations")).isTrue();
  }

  @Test
  void processor_missingRuntime_isReportedOnce() {
    Compilation compilation =
        Compiler.javac()
            .withClasspath(List.of(classPathOf(Migration.class)))
            .withProcessors(new MigrationProcessor())
            .compile(migration("app.A", "001_a"), migration("app.B", "002_b"));

    assertThat(errors(compilation).stream().filter(error -> error.contains("[")))
        .containsExactly(
            "A.java:4:8: [NoRuntime] @Migration classes must be compiled with the runtime; found"
                + " no \"dev.kysera.migrations.JdbiMigration\". Add the dependency"
                + " dev.kysera:kysera-migrations-runtime.");
  }
}
