package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.classPathOf;
import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.JavaFile;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Sources and output in directories, for compilers that are programs of their own. */
record UserProject(Path directory) {

  static final String CLASS_PATH = path(Migration.class, JdbiMigration.class, Jdbi.class);
  static final String PROCESSOR_PATH =
      path(MigrationProcessor.class, Migration.class, JavaFile.class);

  private static final long MINUTES = 5;

  static String path(Class<?>... types) {
    return Stream.of(types)
        .map(type -> classPathOf(type).getPath())
        .distinct()
        .collect(joining(File.pathSeparator));
  }

  Path sources() {
    return directory.resolve("src");
  }

  Path output() {
    return directory.resolve("out");
  }

  Path generated() {
    return directory.resolve("generated");
  }

  /** Returns the file, below the sources. */
  Path write(String name, String... lines) throws IOException {
    Path file = sources().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, List.of(lines));
  }

  /** Writes a migration with its annotation on line 2. */
  Path migration(String simpleName, String name, String sql) throws IOException {
    return write(
        "app/" + simpleName + ".java",
        "package app;",
        "@dev.kysera.migrations.annotation.Migration(\"" + name + "\")",
        "final class " + simpleName + " implements dev.kysera.migrations.JdbiMigration {",
        "  @Override public void up(org.jdbi.v3.core.Handle handle) {",
        "    handle.execute(\"" + sql + "\");",
        "  }",
        "}");
  }

  /** Starts a program of the running JDK and returns its output, the errors too. */
  String run(String program, List<String> arguments) throws IOException, InterruptedException {
    Path log = directory.resolve("log.txt");
    List<String> command =
        Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", program).toString()),
                arguments.stream())
            .toList();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError(command + " did not end");
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(log, Charset.defaultCharset());
  }

  /** Returns the registry as the JDK's disassembler shows it, with the values of constants. */
  String disassembled() {
    var text = new StringWriter();
    var writer = new PrintWriter(text);
    ToolProvider.findFirst("javap")
        .orElseThrow()
        .run(
            writer,
            writer,
            "-p",
            "-c",
            "-constants",
            output().resolve("app/Migrations.class").toString());
    return text.toString();
  }
}
