package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.UserProject.path;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kotlin's compiler runs Java's processors on stubs, whose methods have no bodies. */
class KaptTest {

  private static final String PLUGIN = "plugin:org.jetbrains.kotlin.kapt3:";

  @Test
  void kapt_kotlinMigrations_areRegisteredWithoutFingerprints(@TempDir Path directory)
      throws Exception {
    UserProject project = new UserProject(directory);
    Path source =
        project.write(
            "app/K.kt",
            "package app",
            "import dev.kysera.migrations.JdbiMigration",
            "import dev.kysera.migrations.annotation.Migration",
            "import org.jdbi.v3.core.Handle",
            "@Migration(\"001_k\")",
            "class K : JdbiMigration {",
            "  override fun up(handle: Handle) { handle.execute(\"select 1\") }",
            "  override fun down(handle: Handle) { handle.execute(\"select 2\") }",
            "}");

    String output = project.run("java", arguments(project, source));

    assertThat(output).doesNotContain("error:");
    assertThat(directory.resolve("generated/app/Migrations.java"))
        .content()
        .contains("MigrationDefinition.of(\"001_k\"))", "new K(); // 001_k")
        .doesNotContain("asIrreversible", "1:");
  }

  private static List<String> arguments(UserProject project, Path source)
      throws ClassNotFoundException {
    String compiler =
        path(
            Class.forName("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"),
            kotlin.Unit.class,
            Class.forName("kotlin.script.templates.standard.ScriptTemplateWithArgs"),
            Class.forName("kotlin.reflect.full.KClasses"),
            Class.forName("kotlinx.coroutines.Job"),
            Class.forName("org.jetbrains.annotations.NotNull"));
    String kapt = path(Class.forName("org.jetbrains.kotlin.kapt.cli.KaptCliOption"));
    Stream<String> options =
        Stream.of(
            "aptMode=stubsAndApt",
            "sources=" + project.directory().resolve("generated"),
            "classes=" + project.output(),
            "stubs=" + project.directory().resolve("stubs"));
    Stream<String> processors =
        Stream.of(UserProject.PROCESSOR_PATH.split(File.pathSeparator))
            .map(entry -> "apclasspath=" + entry);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-cp", compiler, "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"));
    arguments.addAll(List.of("-no-stdlib", "-no-reflect", "-Xplugin=" + kapt));
    arguments.add("-P");
    arguments.add(Stream.concat(options, processors).map(PLUGIN::concat).collect(joining(",")));
    arguments.add("-classpath");
    arguments.add(UserProject.CLASS_PATH + File.pathSeparator + path(kotlin.Unit.class));
    arguments.addAll(List.of("-d", project.output().toString(), source.toString()));
    return arguments;
  }
}
