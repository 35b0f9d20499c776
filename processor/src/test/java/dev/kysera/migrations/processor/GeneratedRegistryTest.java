package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.module;
import static dev.kysera.migrations.processor.Compilations.resource;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import dev.kysera.migrations.MigrationDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated class, compiled, loaded and asked. */
class GeneratedRegistryTest {

  @Test
  void registry_loaded_holdsWhatWasDeclared() throws Exception {
    LoadedMigrations migrations =
        new LoadedMigrations(compile(resource("good/metadata/Metadata.java")), "app.db.Migrations");

    assertThat(migrations.definitions())
        .containsExactly(
            MigrationDefinition.of("001_defaults_written_out"),
            MigrationDefinition.of("002_short")
                .withEstimated(Duration.ofMillis(1500))
                .asIrreversible(),
            MigrationDefinition.of("20260131_all")
                .withDescription("Everything")
                .asBreaking()
                .withEstimated(Duration.ofMillis(3_000_000_000L))
                .asNonTransactional()
                .asRerunnable()
                .asIrreversible());
  }

  @Test
  void registry_loaded_loadsNoMigrationBeforeItIsCreated() throws Exception {
    LoadedMigrations migrations =
        new LoadedMigrations(
            compile(migration("app.A", "001_a"), migration("app.B", "002_b")), "app.Migrations");

    assertThat(migrations.registry().size()).isEqualTo(2);
    assertThat(migrations.loadedClasses()).containsExactly("app.Migrations");
    assertThat(migrations.create(1).getClass().getName()).isEqualTo("app.B");
    assertThat(migrations.loadedClasses()).containsExactlyInAnyOrder("app.Migrations", "app.B");
  }

  @Test
  void create_positionOutOfBounds_throws() throws Exception {
    LoadedMigrations migrations =
        new LoadedMigrations(compile(migration("app.A", "001_a")), "app.Migrations");

    assertThatThrownBy(() -> migrations.create(1))
        .hasRootCauseInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void registry_moduleWithoutMigrations_isEmpty() throws Exception {
    Compilation compilation = compile(module("app"));

    assertThat(compilation.warnings()).isEmpty();
    assertThat(new LoadedMigrations(compilation, "app.Migrations").registry().size()).isZero();
  }

  @Test
  void registry_migrationsBelowAModule_holdsThemAll() throws Exception {
    Compilation compilation =
        compile(
            module("app"),
            migration("app.a.Change", "002_b"),
            migration("app.b.Change", "001_a"),
            migration("app.Migrations2", "003_c"),
            migration("app.old.Migrations", "004_d"));

    assertThat(errors(compilation)).isEmpty();
    LoadedMigrations migrations = new LoadedMigrations(compilation, "app.Migrations");
    assertThat(migrations.definitions())
        .extracting(MigrationDefinition::name)
        .containsExactly("001_a", "002_b", "003_c", "004_d");
    assertThat(migrations.create(0).getClass().getName()).isEqualTo("app.b.Change");
    assertThat(migrations.create(3).getClass().getName()).isEqualTo("app.old.Migrations");
  }

  @Test
  void registry_migrationsNestedInEachKindOfType_areCreated() throws Exception {
    String nested =
        " { @dev.kysera.migrations.annotation.Migration(\"00%d_x\") %s"
            + " implements dev.kysera.migrations.JdbiMigration {"
            + " @Override public void up(org.jdbi.v3.core.Handle handle) {} } }";
    Compilation compilation =
        compile(
            source("app.I", "package app;", "interface I" + nested.formatted(1, "class A")),
            source("app.R", "package app;", "record R()" + nested.formatted(2, "record A()")),
            source(
                "app.E",
                "package app;",
                "enum E" + nested.formatted(3, "static class A").replaceFirst("\\{", "{ ; ")),
            source(
                "app.C",
                "package app;",
                "class C { class Inner" + nested.formatted(4, "static class A") + " }"));

    assertThat(errors(compilation)).isEmpty();
    LoadedMigrations migrations = new LoadedMigrations(compilation, "app.Migrations");
    assertThat(migrations.create(0).getClass().getName()).isEqualTo("app.I$A");
    assertThat(migrations.create(1).getClass().getName()).isEqualTo("app.R$A");
    assertThat(migrations.create(2).getClass().getName()).isEqualTo("app.E$A");
    assertThat(migrations.create(3).getClass().getName()).isEqualTo("app.C$Inner$A");
  }

  @Test
  void registry_migrationsInTheUnnamedPackage_isThereToo() throws Exception {
    Compilation compilation = compile(migration("A", "001_a"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(new LoadedMigrations(compilation, "Migrations").create(0).getClass().getName())
        .isEqualTo("A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jdbi",
        "JdbiMigration2",
        "MigrationRegistry",
        "MigrationDefinition",
        "MigrationRunner",
        "MigrationOptions",
        "GeneratedRegistry",
        "Generated",
        "Duration",
        "SuppressWarnings",
        "IndexOutOfBoundsException",
        "String",
        "Object",
        "Override2",
        "REGISTRY",
        "Factory0"
      })
  void registry_migrationNamedLikeATypeOfOurs_isCreatedAllTheSame(String name) throws Exception {
    Compilation compilation =
        compile(
            source(
                "app." + name,
                "package app;",
                "@Deprecated",
                "@dev.kysera.migrations.annotation.Migration(",
                "    value = \"001_a\", estimatedMillis = 1, description = \"d\")",
                "class " + name + " implements dev.kysera.migrations.JdbiMigration {",
                "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
                "}"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(new LoadedMigrations(compilation, "app.Migrations").create(0).getClass().getName())
        .isEqualTo("app." + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Jdbi", "Generated", "SuppressWarnings", "IndexOutOfBoundsException", "String"})
  void registry_otherClassNamedLikeATypeOfOurs_isNotInTheWay(String name) {
    Compilation compilation =
        compile(
            source("app." + name, "package app;", "class " + name + " {}"),
            source(
                "app.A",
                "package app;",
                "@Deprecated",
                "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
                "class A implements dev.kysera.migrations.JdbiMigration {",
                "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
                "}"));

    assertThat(errors(compilation)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | false",
        "', rerunnable = false' | false",
        "', rerunnable = true' | true",
        "', transactional = false' | false"
      })
  void rerunnable_asDeclared_isReported(String attributes, boolean rerunnable) throws Exception {
    Compilation compilation = compile(migration("app.A", "value = \"001_a\"" + attributes, ""));

    assertThat(errors(compilation)).isEmpty();
    assertThat(new LoadedMigrations(compilation, "app.Migrations").definitions().get(0))
        .extracting(MigrationDefinition::rerunnable)
        .isEqualTo(rerunnable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | false",
        "extends Superclass | true",
        "extends Generic<org.jdbi.v3.core.Handle> | true",
        "extends Unrelated | false",
        "extends Overload | false"
      })
  void reversible_downInASuperclass_isFound(String extended, boolean reversible) throws Exception {
    Compilation compilation =
        compile(
            migration("app.A", "\"001_a\"", extended),
            source(
                "app.Superclass",
                "package app;",
                "abstract class Superclass implements dev.kysera.migrations.JdbiMigration {",
                "  @Override public void down(org.jdbi.v3.core.Handle handle) {}",
                "}"),
            source(
                "app.Generic",
                "package app;",
                "class Generic<H> {",
                "  public void down(H handle) {}",
                "}"),
            source("app.Unrelated", "package app;", "class Unrelated { void down() {} }"),
            source("app.Overload", "package app;", "class Overload { void down(Object o) {} }"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(new LoadedMigrations(compilation, "app.Migrations").definitions().get(0))
        .extracting(MigrationDefinition::reversible)
        .isEqualTo(reversible);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void reversible_downInASubinterface_isFoundIfItHasABody(boolean hasBody) throws Exception {
    String body = hasBody ? "default void down(org.jdbi.v3.core.Handle handle) {}" : "";
    Compilation compilation =
        compile(
            source(
                "app.Reversible",
                "package app;",
                "interface Reversible extends dev.kysera.migrations.JdbiMigration {",
                body.isEmpty() ? "" : "  @Override " + body,
                "}"),
            source(
                "app.A",
                "package app;",
                "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
                "class A implements Reversible {",
                "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
                "}"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(new LoadedMigrations(compilation, "app.Migrations").definitions().get(0))
        .extracting(MigrationDefinition::reversible)
        .isEqualTo(hasBody);
  }
}
