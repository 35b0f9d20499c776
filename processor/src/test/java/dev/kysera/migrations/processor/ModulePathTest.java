package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.classPathOf;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.JavaFile;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import io.leangen.geantyref.GenericTypeReflector;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** A user's named module, compiled by the command line. */
class ModulePathTest {

  private static final String MODULE_PATH =
      path(
          Migration.class,
          JdbiMigration.class,
          Jdbi.class,
          GenericTypeReflector.class,
          Logger.class);
  private static final String PROCESSOR_PATH =
      path(MigrationProcessor.class, Migration.class, JavaFile.class);

  @TempDir Path directory;

  @BeforeEach
  void writeMigration() throws IOException {
    write(
        "app/A.java",
        "package app;",
        "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
        "class A implements dev.kysera.migrations.JdbiMigration {",
        "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
        "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--processor-path", "--processor-module-path"})
  void javac_exportedPackage_compilesWithoutWarnings(String processorPath) throws IOException {
    write("module-info.java", "module app { requires dev.kysera.migrations; exports app; }");

    assertThat(javac(processorPath)).isEmpty();
    assertThat(directory.resolve("out/app/Migrations.java"))
        .content()
        .contains("@SuppressWarnings(\"exports\")")
        .doesNotContain("@Generated(");
  }

  @Test
  void javac_moduleThatReadsTheCompilerApi_isMarkedGenerated() throws IOException {
    write(
        "module-info.java",
        "module app { requires dev.kysera.migrations; requires java.compiler; }");

    assertThat(javac("--processor-path")).isEmpty();
    assertThat(directory.resolve("out/app/Migrations.java"))
        .content()
        .contains("@Generated(")
        .doesNotContain("@SuppressWarnings");
  }

  @Test
  void javac_moduleThatDoesNotRequireTheRuntime_isToldWhatToRequire() throws IOException {
    write("module-info.java", "module app { requires dev.kysera.migrations.annotation; }");
    write(
        "app/A.java",
        "package app;",
        "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
        "class A {}");

    assertThat(javac("--processor-path"))
        .contains(
            "[NoRuntime] @Migration classes must be compiled with the runtime; found no"
                + " \"dev.kysera.migrations.JdbiMigration\". Add the dependency"
                + " dev.kysera:kysera-migrations-runtime, and"
                + " \"requires dev.kysera.migrations;\" to module app.");
  }

  @Test
  void javac_parametersOfOtherModulesAndSharedHistories_compileWithoutWarnings()
      throws IOException {
    write(
        "module-info.java",
        "module app { requires dev.kysera.migrations; requires java.sql; exports app; }");
    write(
        "app/package-info.java",
        "@dev.kysera.migrations.annotation.MigrationModule(",
        "    sharesHistoryWith = app.other.Migrations.class)",
        "package app;");
    write(
        "app/other/package-info.java",
        "@dev.kysera.migrations.annotation.MigrationModule",
        "package app.other;");
    write(
        "app/A.java",
        "package app;",
        "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
        "class A implements dev.kysera.migrations.JdbiMigration {",
        "  A(javax.sql.DataSource source, Own own) {}",
        "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
        "}");
    write("app/Own.java", "package app;", "class Own {}");

    assertThat(
            javac(
                "--processor-path",
                "app/package-info.java",
                "app/other/package-info.java",
                "app/Own.java"))
        .isEmpty();
    assertThat(directory.resolve("out/app/Migrations.java"))
        .content()
        .contains("DataSource source();", "app.other.Migrations.registry().definitions()");
  }

  private String javac(String processorPath, String... others) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--module-path",
                MODULE_PATH,
                processorPath,
                PROCESSOR_PATH,
                "-Xlint:all,-processing,-classfile,-requires-automatic",
                "-Werror",
                "-d",
                directory.resolve("out").toString(),
                directory.resolve("module-info.java").toString(),
                directory.resolve("app/A.java").toString()));
    Stream.of(others).map(name -> directory.resolve(name).toString()).forEach(arguments::add);
    ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(writer, writer, arguments.toArray(String[]::new));
    return output.toString();
  }

  private void write(String name, String... lines) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }

  private static String path(Class<?>... types) {
    return Stream.of(types)
        .map(type -> classPathOf(type).getPath())
        .collect(joining(File.pathSeparator));
  }
}
