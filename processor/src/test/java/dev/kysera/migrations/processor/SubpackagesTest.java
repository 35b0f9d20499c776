package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.STRICT;
import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.hasGenerated;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.module;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations that are not public, in packages below that of {@code Migrations}. */
class SubpackagesTest {

  private static JavaFileObject hidden(String packageName, String simpleName, String name) {
    return hidden(packageName, simpleName, name, "");
  }

  private static JavaFileObject hidden(
      String packageName, String simpleName, String name, String parameters) {
    return source(
        packageName + "." + simpleName,
        "package %s;".formatted(packageName),
        "@dev.kysera.migrations.annotation.Migration(\"%s\")".formatted(name),
        "final class %s implements dev.kysera.migrations.JdbiMigration {".formatted(simpleName),
        "  %s(%s) {}".formatted(simpleName, parameters),
        "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
        "}");
  }

  @Test
  void migrations_thatAreNotPublic_areCreatedByAClassOfTheirPackage() throws Exception {
    Compilation compilation =
        compile(
            module("app"),
            migration("app.v1.A", "001_a"),
            hidden("app.v1", "B", "002_b"),
            hidden("app.v2", "C", "003_c"),
            hidden("app", "D", "004_d"));

    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(generated(compilation, "app.Migrations"))
        .contains(
            "      case 0 -> new A(); // 001_a\n"
                + "      case 1 -> MigrationFactory.create(1); // 002_b\n"
                + "      case 2 -> app.v2.MigrationFactory.create(2); // 003_c\n"
                + "      case 3 -> new D(); // 004_d\n");
    assertThat(generated(compilation, "app.v1.MigrationFactory"))
        .isEqualTo(
            """
            package app.v1;

            import dev.kysera.migrations.JdbiMigration;
            import dev.kysera.migrations.annotation.GeneratedRegistry;
            import javax.annotation.processing.Generated;

            /**
             * Creates the migrations of this package that are not public. For {@code app.Migrations} only.
             */
            @Generated("dev.kysera.migrations.processor.MigrationProcessor")
            @GeneratedRegistry
            public final class MigrationFactory {
              private MigrationFactory() {
              }

              /**
               * Creates the migration at a position of the registry.
               */
              public static JdbiMigration create(int position) {
                return switch (position) {
                  case 1 -> new B(); // 002_b
                  default -> throw new IndexOutOfBoundsException(position);
                };
              }
            }
            """);
    LoadedMigrations loaded = new LoadedMigrations(compilation, "app.Migrations");
    for (int i = 0; i < 4; i++) {
      assertThat(loaded.create(i).getClass().getSimpleName()).isEqualTo("ABCD".substring(i, i + 1));
    }
  }

  @Test
  void migrations_thatArePublic_needNoSuchClass() {
    Compilation compilation = compile(module("app"), migration("app.v1.A", "001_a"));

    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(hasGenerated(compilation, "app.v1.MigrationFactory")).isFalse();
  }

  @Test
  void needs_ofSuchMigrations_areHandedOn() {
    Compilation compilation =
        compile(module("app"), hidden("app.v1", "A", "001_a", "java.time.Clock clock"));

    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(generated(compilation, "app.Migrations"))
        .contains("case 0 -> MigrationFactory.create(0, dependencies); // 001_a");
    assertThat(generated(compilation, "app.v1.MigrationFactory"))
        .contains(
            "create(int position, Migrations.Dependencies dependencies)",
            "case 0 -> new A(dependencies.clock()); // 001_a");
  }

  @Test
  void factory_besideOtherClassesOfItsNames_isGeneratedAllTheSame() {
    Compilation compilation =
        compile(
            module("app"),
            hidden("app.v1", "A", "001_a", "java.time.Clock clock"),
            source("app.v1.Migrations", "package app.v1; class Migrations {}"),
            source("app.v1.JdbiMigration", "package app.v1; class JdbiMigration {}"),
            source("app.MigrationFactory", "package app; class MigrationFactory {}"));

    assertThat(compilation.diagnostics()).isEmpty();
  }

  @Test
  void factory_whoseNameIsTaken_isAnError() {
    assertThat(
            errors(
                compile(
                    module("app"),
                    hidden("app.v1", "A", "001_a"),
                    source(
                        "app.v1.MigrationFactory",
                        "package app.v1;",
                        "class MigrationFactory {}"))))
        .contains(
            "MigrationFactory.java:2:1: [NameTaken] @Migration class app.v1.MigrationFactory must be"
                + " left to the processor, which generates it; found another class of that name."
                + " Rename it, or move it into another package.");
  }

  @Test
  void factory_ofAnEarlierCompilation_isReplaced(@TempDir Path directory) throws IOException {
    OutputDirectory output = new OutputDirectory(directory);
    output.add(compile(module("app"), hidden("app.v1", "A", "001_a")));

    assertThat(output.compileInto(hidden("app.v1", "B", "002_b"))).isEmpty();

    assertThat(Files.readString(directory.resolve("app/v1/MigrationFactory.java")))
        .contains("case 0 -> new A(); // 001_a", "case 1 -> new B(); // 002_b");
  }

  @Test
  void factory_ofManyMigrations_isDivided() throws Exception {
    List<JavaFileObject> sources = new ArrayList<>(List.of(module("app")));
    int count = RegistryPart.SIZE + 1;
    for (int i = 0; i < count; i++) {
      sources.add(hidden("app.v1", "M" + i, "%05d_m".formatted(i)));
    }
    Compilation compilation = compile(STRICT, sources);

    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(generated(compilation, "app.v1.MigrationFactory"))
        .contains("return switch (position / 1000)", "case 1 -> create1(position);");
    LoadedMigrations loaded = new LoadedMigrations(compilation, "app.Migrations");
    for (int position : new int[] {0, count - 2, count - 1}) {
      assertThat(loaded.create(position).getClass().getSimpleName()).isEqualTo("M" + position);
    }
  }

  @Test
  void constructor_thatIsPrivate_isAnErrorAsEverywhere() {
    JavaFileObject migration =
        source(
            "app.v1.A",
            "package app.v1;",
            "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
            "class A implements dev.kysera.migrations.JdbiMigration {",
            "  private A() {}",
            "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
            "}");

    assertThat(errors(compile(module("app"), migration)))
        .containsExactly(
            "A.java:4:11: [Constructor] @Migration class app.v1.A must have a constructor that"
                + " app.Migrations can call; found \"private A()\". Remove the modifier private.");
  }
}
