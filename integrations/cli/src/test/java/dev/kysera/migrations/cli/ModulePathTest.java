package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.annotation.Migration;
import io.leangen.geantyref.GenericTypeReflector;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.h2.Driver;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import picocli.CommandLine;

/** An application in a named module runs from the module path. */
class ModulePathTest {

  private static final String MODULE_PATH =
      Stream.of(
              MigrationsCli.class,
              MigrationRunner.class,
              Migration.class,
              Jdbi.class,
              GenericTypeReflector.class,
              Logger.class,
              CommandLine.class,
              JsonFactory.class,
              Driver.class)
          .map(type -> Path.of(location(type)).toString())
          .collect(joining(File.pathSeparator));

  @TempDir private Path folder;

  private static URI location(Class<?> type) {
    return URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
  }

  @Test
  void theCommandLine_runsFromTheModulePath() throws Exception {
    Files.createDirectories(folder.resolve("app"));
    Files.writeString(
        folder.resolve("module-info.java"),
        "module my.app { requires dev.kysera.migrations.cli; }");
    Files.writeString(
        folder.resolve("app/Main.java"),
        """
        package app;
        import dev.kysera.migrations.*;
        public class Main {
          public static void main(String[] args) {
            MigrationRegistry registry =
                MigrationRegistry.builder()
                    .add("001_a", h -> h.execute("create table a (id int)"))
                    .build();
            dev.kysera.migrations.cli.MigrationsCli.main(
                args, (jdbi, options) -> MigrationRunner.create(jdbi, registry, options));
          }
        }
        """);
    int compiled =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-p",
                MODULE_PATH,
                "-d",
                folder.resolve("out").toString(),
                folder.resolve("module-info.java").toString(),
                folder.resolve("app/Main.java").toString());
    assertThat(compiled).isZero();

    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-p",
                    MODULE_PATH + File.pathSeparator + folder.resolve("out"),
                    "--add-modules",
                    "com.h2database",
                    "-m",
                    "my.app/app.Main",
                    "up",
                    "--json",
                    "--url",
                    "jdbc:h2:mem:x"))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).describedAs(output).isZero();
    assertThat(output).contains("✓ 001_a completed").contains("{\"format\":1,\"verb\":\"up\"");
  }
}
