package dev.kysera.migrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lombok changes the classes that the compiler has read, but not what somebody wrote. */
class LombokTest {

  private static final String LOMBOK = UserProject.path(lombok.Lombok.class);

  private UserProject project;
  private Path source;

  @BeforeEach
  void writeSource(@TempDir Path directory) throws Exception {
    project = new UserProject(directory);
    source =
        project.write(
            "app/A.java",
            "package app;",
            "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
            "final class A implements dev.kysera.migrations.JdbiMigration {",
            "  @lombok.Getter private String table = \"t\";",
            "  @Override @lombok.SneakyThrows public void up(org.jdbi.v3.core.Handle handle) {",
            "    lombok.val sql = \"drop table \" + getTable();",
            "    handle.execute(sql);",
            "  }",
            "}");
  }

  private String javac(String processorPath) throws Exception {
    return project.run(
        "javac",
        List.of(
            "-cp",
            UserProject.CLASS_PATH + File.pathSeparator + LOMBOK,
            "-processorpath",
            processorPath,
            "-d",
            project.output().toString(),
            source.toString()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lombok_beforeOrBehindOurs_leavesRegistryAndFingerprint(boolean before) throws Exception {
    String ours = UserProject.PROCESSOR_PATH;

    String output =
        javac(before ? LOMBOK + File.pathSeparator + ours : ours + File.pathSeparator + LOMBOK);

    // A newer JDK warns of how Lombok gets into it.
    assertThat(output.lines()).allMatch(line -> line.startsWith("WARNING: "));
    assertThat(project.disassembled()).contains("class app/A").contains("001_a " + fingerprint());
  }

  /** The one of the source alone: the compiler ends with errors, but behind the registry. */
  private String fingerprint() throws Exception {
    UserProject alone = new UserProject(project.directory().resolve("alone"));
    Path copy = alone.write("app/A.java", Files.readString(source));
    alone.run(
        "javac",
        List.of(
            "-proc:only",
            "-cp",
            UserProject.CLASS_PATH + File.pathSeparator + LOMBOK,
            "-processorpath",
            UserProject.PROCESSOR_PATH,
            "-d",
            Files.createDirectories(alone.output()).toString(),
            copy.toString()));
    return Files.readString(alone.output().resolve("app/Migrations.java"))
        .lines()
        .filter(line -> line.contains("001_a 1:"))
        .map(line -> line.strip().split(" ")[1])
        .findFirst()
        .orElseThrow();
  }
}
