package dev.kysera.migrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch compiler of Eclipse, which has no trees and no former output to replace. */
class EclipseCompilerTest {

  private static final String FINGERPRINT = "001_a 1:[0-9a-f]{64} -";

  private UserProject project;
  private Path a;

  @BeforeEach
  void writeSources(@TempDir Path directory) throws IOException {
    project = new UserProject(directory);
    a = project.migration("A", "001_a", "select 1");
    project.migration("B", "002_b", "select 2");
  }

  private String ecj(String classPath, List<String> options, Path... sources) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-17", "-cp", classPath));
    arguments.addAll(List.of("-processorpath", UserProject.PROCESSOR_PATH));
    arguments.addAll(List.of("-d", project.output().toString()));
    arguments.addAll(List.of("-s", project.generated().toString())); // else the working directory
    arguments.addAll(options);
    for (Path source : sources) {
      arguments.add(source.toString());
    }
    BatchCompiler.compile(arguments.toArray(String[]::new), writer, writer, null);
    return output.toString();
  }

  private String classPathWithOutput() {
    return UserProject.CLASS_PATH + File.pathSeparator + project.output();
  }

  @Test
  void ecj_allFiles_givesAllMigrationsTheirFingerprints() {
    List<String> options = List.of("-sourcepath", project.sources().toString());

    assertThat(ecj(UserProject.CLASS_PATH, options, project.sources().resolve("app"))).isEmpty();

    assertThat(project.disassembled())
        .containsPattern(FINGERPRINT)
        .containsPattern("002_b 1:[0-9a-f]{64} -")
        .contains("class app/A", "class app/B");
  }

  /** From Java 18 on a processor may ask for the file of a class. */
  @Test
  void ecj_noSourcePath_givesFingerprintsWhereTheSourceCanBeAskedFor() {
    assertThat(ecj(UserProject.CLASS_PATH, List.of(), project.sources().resolve("app"))).isEmpty();

    assertThat(project.disassembled()).contains("class app/A", "class app/B");
    assertThat(project.disassembled().contains("001_a 1:"))
        .isEqualTo(Runtime.version().feature() >= 18);
  }

  @Test
  void ecj_oneFileAndTheOldOutput_isToldToDeleteTheOldRegistry() throws IOException {
    ecj(UserProject.CLASS_PATH, List.of(), project.sources().resolve("app"));
    byte[] before = Files.readAllBytes(project.output().resolve("app/Migrations.class"));

    assertThat(ecj(classPathWithOutput(), List.of(), a))
        .contains(
            "[NameTaken] @Migration class app.Migrations must be left to the processor, which"
                + " generates it; found that the compiler refuses it: \"Source file already exists"
                + " : app.Migrations\". Delete app/Migrations.class, and app/Migrations.java if it is there"
                + " too, in the output of the last compilation, and compile again.")
        .contains("1 problem (1 error)");
    assertThat(project.output().resolve("app/Migrations.class")).hasBinaryContent(before);
  }

  @Test
  void ecj_oneFileAndTheRestOfTheOldOutput_keepsTheOther() throws IOException {
    List<String> options = List.of("-sourcepath", project.sources().toString());
    ecj(UserProject.CLASS_PATH, options, project.sources().resolve("app"));
    Files.delete(project.output().resolve("app/Migrations.class"));

    assertThat(ecj(classPathWithOutput(), List.of(), a)).isEmpty();

    assertThat(project.disassembled()).contains("001_a", "002_b", "class app/A", "class app/B");
  }

  @Test
  void ecj_oneFileWithANumberThatIsTaken_isTold() throws IOException {
    ecj(UserProject.CLASS_PATH, List.of(), project.sources().resolve("app"));
    Files.delete(project.output().resolve("app/Migrations.class"));
    Path taken = project.migration("C", "002_c", "select 3");

    assertThat(ecj(classPathWithOutput(), List.of(), taken))
        .contains(
            "[DuplicateNumber] @Migration number must be unique, since it decides the order; found"
                + " 2 in \"002_b\" (app.B) and \"002_c\" (app.C).");
  }
}
