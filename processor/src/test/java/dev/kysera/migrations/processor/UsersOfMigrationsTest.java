package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that uses the generated class, with all warnings on. */
class UsersOfMigrationsTest {

  private static final List<JavaFileObject> USERS =
      List.of(
          source(
              "app.StaticImport",
              "package app;",
              "import static app.Migrations.runner;",
              "class StaticImport {",
              "  Object use(org.jdbi.v3.core.Jdbi jdbi) { return runner(jdbi); }",
              "}"),
          source(
              "app.Field",
              "package app;",
              "class Field {",
              "  static final Object REGISTRY = Migrations.registry();",
              "  Migrations migrations;",
              "}"),
          source(
              "other.Importer",
              "package other;",
              "import app.Migrations;",
              "class Importer {",
              "  Object use(org.jdbi.v3.core.Jdbi jdbi) {",
              "    return Migrations.runner(",
              "        jdbi, dev.kysera.migrations.MigrationOptions.defaults());",
              "  }",
              "}"));

  @Test
  void users_ofAValidRegistry_compileWithoutWarnings() {
    assertThat(errors(compileWithUsers(List.of(), migration("app.A", "001_a")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xlint:all", "-XDshould-stop.ifError=FLOW"})
  void users_ofAnInvalidRegistry_haveNoErrorsOfTheirOwn(String option) {
    assertThat(
            errors(
                compileWithUsers(
                    List.of(option), migration("app.A", "1-a"), migration("app.B", "002_b"))))
        .singleElement()
        .asString()
        .startsWith("A.java:3:12: [Name]");
  }

  @Test
  void users_whenNoMigrationIsValid_haveNoErrorsOfTheirOwn() {
    assertThat(errors(compileWithUsers(List.of(), migration("app.A", "1-a"))))
        .singleElement()
        .asString()
        .startsWith("A.java:3:12: [Name]");
  }

  @Test
  void users_whileThePackageIsUndecided_haveNoErrorsOfTheirOwn() {
    assertThat(
            errors(
                compileWithUsers(
                    List.of(), migration("app.A", "001_a"), migration("app.later.B", "002_b"))))
        .hasSize(2)
        .allMatch(error -> error.contains("[Packages]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@Deprecated", "@Deprecated(since = \"1\", forRemoval = true)"})
  void users_ofADeprecatedMigration_compileWithoutWarnings(String annotation) {
    assertThat(errors(compileWithUsers(List.of(), nested("", annotation, "")))).isEmpty();
  }

  @Test
  void users_ofAMigrationInADeprecatedClass_compileWithoutWarnings() {
    assertThat(errors(compileWithUsers(List.of(), nested("@Deprecated", "", "")))).isEmpty();
  }

  @Test
  void users_ofADeprecatedConstructor_compileWithoutWarnings() {
    assertThat(
            errors(
                compileWithUsers(
                    List.of(), nested("", "", "@Deprecated(forRemoval = true) A() {}"))))
        .isEmpty();
  }

  @Test
  void users_ofAMigrationInAGenericClass_compileWithoutWarnings() {
    JavaFileObject generic =
        source(
            "app.Outer",
            "package app;",
            "class Outer<T> {",
            "  @dev.kysera.migrations.annotation.Migration(\"001_a\")",
            "  static class A implements dev.kysera.migrations.JdbiMigration {",
            "    @Override public void up(org.jdbi.v3.core.Handle handle) {}",
            "  }",
            "}");

    assertThat(errors(compileWithUsers(List.of(), generic))).isEmpty();
  }

  @Test
  void users_ofAMigrationInAFileOfAnotherName_compileWithoutWarnings() {
    JavaFileObject file =
        source(
            "app.Everything",
            "package app;",
            "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
            "class A implements dev.kysera.migrations.JdbiMigration {",
            "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
            "}");

    assertThat(errors(compileWithUsers(List.of(), file))).isEmpty();
  }

  private static JavaFileObject nested(String onOuter, String onNested, String constructor) {
    return source(
        "app.Outer",
        "package app;",
        onOuter + " class Outer {",
        onNested,
        "  @dev.kysera.migrations.annotation.Migration(\"001_a\")",
        "  static class A implements dev.kysera.migrations.JdbiMigration {",
        constructor,
        "    @Override public void up(org.jdbi.v3.core.Handle handle) {}",
        "  }",
        "}");
  }

  private static Compilation compileWithUsers(List<String> options, JavaFileObject... migrations) {
    List<JavaFileObject> sources = new ArrayList<>(USERS);
    sources.addAll(List.of(migrations));
    List<String> all = new ArrayList<>(Compilations.STRICT);
    all.addAll(options);
    return compile(all, sources);
  }
}
