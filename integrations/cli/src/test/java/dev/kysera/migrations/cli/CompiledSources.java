package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.processor.MigrationProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The source files below a folder, and what the compiler and the processor say of them. */
record CompiledSources(List<Path> files, List<String> problems) {

  static CompiledSources under(Path folder) throws IOException {
    List<Path> files = files(folder);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Path classes = Files.createTempDirectory(folder, "classes");
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(problems, null, UTF_8)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null,
              manager,
              problems,
              List.of(
                  "-d",
                  classes.toString(),
                  "-Xlint:all,-processing,-classfile,-path",
                  "-Werror",
                  "--release",
                  "17"),
              null,
              manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(List.of(new MigrationProcessor()));
      task.call();
    }
    return new CompiledSources(
        files, problems.getDiagnostics().stream().map(Object::toString).toList());
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
