package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.hasGenerated;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several packages annotated with {@code @MigrationModule}, and what such a module may say. */
class ModulesTest {

  @TempDir Path directory;

  @Test
  void modules_besideEachOther_haveTheirOwnNumbersAndWidths() {
    Compilation compilation =
        compile(
            module("app.a"),
            module("app.b"),
            migration("app.a.A", "001_same"),
            migration("app.a.sub.B", "002_b"),
            migration("app.b.A", "001_same"),
            migration("app.b.C", "1002_c"),
            source(
                "app.User",
                "package app;",
                "class User {",
                "  Object a = app.a.Migrations.registry();",
                "  Object b = app.b.Migrations.registry();",
                "}"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.a.Migrations")).contains("001_same", "002_b");
    assertThat(generated(compilation, "app.b.Migrations"))
        .contains("001_same", "1002_c")
        .doesNotContain("002_b\"");
  }

  @Test
  void modules_insideEachOther_takeWhatIsNearest() {
    Compilation compilation =
        compile(
            module("app"),
            module("app.b"),
            migration("app.A", "001_a"),
            migration("app.a.A", "002_a"),
            migration("app.b.A", "001_b"),
            migration("app.b.c.A", "002_b"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations"))
        .contains("001_a", "002_a")
        .doesNotContain("_b\"");
    assertThat(generated(compilation, "app.b.Migrations"))
        .contains("001_b", "002_b")
        .doesNotContain("_a\"");
  }

  @Test
  void modules_withConflictsInOne_reportThemThereOnly() {
    Compilation compilation =
        compile(
            module("app.a"),
            module("app.b"),
            migration("app.a.A", "001_a"),
            migration("app.a.B", "001_b"),
            migration("app.b.C", "001_c"));

    assertThat(errors(compilation))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("A.java:3:12: [DuplicateNumber]"),
            second -> assertThat(second).startsWith("B.java:3:12: [DuplicateNumber]"));
  }

  @Test
  void migrationOutsideAllModules_isReportedAlone() {
    assertThat(
            errors(
                compile(
                    module("app.a"),
                    module("app.b"),
                    migration("app.a.A", "001_a"),
                    migration("app.c.B", "002_b"))))
        .containsExactly(
            "B.java:4:8: [Packages] @Migration class app.c.B must lie in or below a package"
                + " annotated @MigrationModule, since there is one; found it in \"app.c\", and the"
                + " annotation on \"app.a\", \"app.b\". Move the class into one of these or below"
                + " it, or write \"@dev.kysera.migrations.annotation.MigrationModule package"
                + " app.c;\" into app/c/package-info.java.");
  }

  @Test
  void migrationInTheUnnamedPackageBesideAModule_isToldToMove() {
    assertThat(errors(compile(module("app.a"), migration("B", "002_b"))))
        .containsExactly(
            "B.java:4:8: [Packages] @Migration class B must lie in or below a package annotated"
                + " @MigrationModule, since there is one; found it in the unnamed package, and the"
                + " annotation on \"app.a\". Move the class into one of these or below it.");
  }

  @Test
  void module_insideACompiledOne_leavesTheOuterAlone() throws IOException {
    OutputDirectory output = new OutputDirectory(directory);
    output.add(compile(module("app"), module("app.b"), migration("app.b.A", "001_a")));

    Compilation compilation = output.compileAgainst(migration("app.b.B", "002_b"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(hasGenerated(compilation, "app.b.Migrations")).isTrue();
    assertThat(hasGenerated(compilation, "app.Migrations")).isFalse();
  }

  @Test
  void table_ofAModule_isThatOfItsRegistry() throws Exception {
    Compilation compilation =
        compile(
            module("app", "tableName = \"billing\" + \"_migrations\""),
            migration("app.A", "001_a"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations"))
        .contains("\n      .withTableName(\"billing_migrations\")\n");
    assertThat(new LoadedMigrations(compilation, "app.Migrations").registry().tableName())
        .contains("billing_migrations");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "" | ""
          " " | " "
          "a\\0b" | "a\\u0000b"
          "an_identifier_that_is_too_long_for_a_journal_beside_it_x" | 56 in "an_identifier_that_is_too_long_for_a_journal_beside_it_x"
          """,
      quoteCharacter = '`')
  void table_thatIsNoIdentifier_isReportedAtItsValue(String written, String found) {
    assertThat(errors(compile(module("app", "tableName = " + written))))
        .containsExactly(
            "package-info.java:1:63: [TableName] @MigrationModule tableName must be an identifier"
                + " of at most 55 bytes, not blank and without a NUL character; found "
                + found
                + ". Write it like \"billing_migrations\", or leave it out.");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sharesHistoryWith = app.b.Migrations.class | ''",
        "sharesHistoryWith = {app.b.Migrations.class} | ''",
        "sharesHistoryWith = Migrations.class | import app.b.Migrations;",
        "sharesHistoryWith = {Object.class, Migrations.class} | import app.b.Migrations;",
        "'' | ''"
      })
  void number_inModulesThatShareAHistory_isReportedOnBothParties(String values, String imports) {
    String message =
        "[SharedNumber] @Migration number must be unique among the modules that share a history;"
            + " found 2 in \"002_b\" (app.a.B) and \"2_c\" (app.b.C). Give the newer one the next"
            + " free number, like \"003_%s\".";
    Compilation compilation =
        compile(
            module("app.a", values, imports),
            module("app.b"),
            migration("app.a.A", "001_a"),
            migration("app.a.B", "002_b"),
            migration("app.b.C", "2_c"));

    List<String> shared =
        errors(compilation).stream().filter(e -> e.contains("[SharedNumber]")).toList();
    if (values.isEmpty()) {
      assertThat(shared).isEmpty();
    } else {
      assertThat(shared)
          .containsExactly(
              "B.java:3:12: " + message.formatted("b"), "C.java:3:12: " + message.formatted("c"));
    }
  }

  @Test
  void modules_thatShareAHistory_knowEachOther() throws Exception {
    Compilation compilation =
        compile(
            module("app.a", "sharesHistoryWith = app.b.Migrations.class"),
            module("app.b", "sharesHistoryWith = {app.a.Migrations.class, app.c.Migrations.class}"),
            module("app.c"),
            migration("app.a.A", "001_a"),
            migration("app.b.B", "002_b"),
            source(
                "app.c.C",
                "package app.c;",
                "@dev.kysera.migrations.annotation.Migration(\"003_c\")",
                "record C(int size) implements dev.kysera.migrations.JdbiMigration {",
                "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
                "}"),
            source(
                "app.Program",
                "package app;",
                "import dev.kysera.migrations.*;",
                "import org.jdbi.v3.core.*;",
                "public class Program {",
                "  public static void main(String... arguments) {",
                "    MigrationOptions options =",
                "        MigrationOptions.builder().logger(line -> {}).build();",
                "    try (Handle handle = Jdbi.open(arguments[0])) {",
                "      Jdbi jdbi = Jdbi.create(handle.getConnection());",
                "      MigrationRunner a = app.a.Migrations.runner(jdbi, options);",
                "      MigrationRunner b = app.b.Migrations.runner(jdbi, options);",
                "      MigrationRunner c = app.c.Migrations.runner(jdbi, options, () -> 7);",
                "      System.out.print(c.up().completed());",
                "      System.out.print(b.up().completed());",
                "      System.out.print(a.up().completed());",
                "      System.out.print(b.up().completed());",
                "      System.out.print(b.status().executed().size());",
                "      System.out.print(b.status().unknown().size());",
                "    }",
                "  }",
                "}"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(new LoadedMigrations(compilation, "app.Program").print("jdbc:h2:mem:"))
        .isEqualTo("[003_c][002_b][001_a][]10");
    assertThat(generated(compilation, "app.b.Migrations"))
        .contains(
            "\n      .sharingHistoryWith(() -> app.a.Migrations.registry().definitions())\n"
                + "      .sharingHistoryWith(app.c.Migrations::definitions)\n");
  }

  @Test
  void modules_thatShareAHistoryInDifferentTables_areReported() {
    String message =
        "[SharedHistory] @MigrationModule tableName must be the same in modules that share a"
            + " history; found \"x\" in package app.a, and none in package app.b. Give both the same"
            + " tableName, or remove sharesHistoryWith.";

    assertThat(
            errors(
                compile(
                    module(
                        "app.a", "tableName = \"x\", sharesHistoryWith = app.b.Migrations.class"),
                    module("app.b"))))
        .containsExactly(
            "package-info.java:1:104: " + message,
            "package-info.java:2:1: "
                + message.replace(
                    "\"x\" in package app.a, and none in package app.b",
                    "none in package app.b, and \"x\" in package app.a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Migrations | app.Migrations\", which is that of this module",
        "app.Migrations | app.Migrations\", which is that of this module",
        "String | java.lang.String\", which is no class that is generated for a module"
      })
  void module_thatSharesItsHistoryWithNoOther_isReported(String written, String found) {
    assertThat(errors(compile(module("app", "sharesHistoryWith = " + written + ".class"))))
        .singleElement()
        .asString()
        .startsWith("package-info.java:1:")
        .endsWith(
            "[SharedHistory] @MigrationModule sharesHistoryWith must name the class Migrations of"
                + " another module; found \""
                + found
                + ". Write the class that is generated for the other module, or remove it.");
  }

  @Test
  void module_thatNamesAClassWhichIsNowhere_hasTheCompilersErrorAlone() {
    assertThat(errors(compile(module("app", "sharesHistoryWith = other.Migrations.class"))))
        .anyMatch(error -> error.contains("package other does not exist"));
  }

  @Test
  void number_takenInACompiledModule_isReportedOnTheMigrationOfThisOne() throws IOException {
    OutputDirectory output = new OutputDirectory(directory);
    output.add(
        compile(
            module("auth", "tableName = \"x\""),
            migration("auth.Roles", "001_roles"),
            migration("auth.Users", "002_users")));

    assertThat(
            errors(
                output.compileAgainst(
                    module("app", "tableName = \"x\", sharesHistoryWith = auth.Migrations.class"),
                    migration("app.A", "003_a"),
                    migration("app.B", "002_b"))))
        .containsExactly(
            "B.java:3:12: [SharedNumber] @Migration number must be unique among the modules that"
                + " share a history; found 2 in \"002_b\" (app.B) and \"002_users\""
                + " (auth.Migrations). Give the newer one the next free number, like \"004_b\".");
  }

  private static JavaFileObject module(String packageName) {
    return Compilations.module(packageName);
  }

  private static JavaFileObject module(String packageName, String values) {
    return module(packageName, values, "");
  }

  private static JavaFileObject module(String packageName, String values, String imports) {
    return source(
        packageName + ".package-info",
        "@dev.kysera.migrations.annotation.MigrationModule(%s)".formatted(values),
        "package %s;".formatted(packageName),
        imports);
  }
}
