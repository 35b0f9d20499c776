package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.STRICT;
import static dev.kysera.migrations.processor.Compilations.classPathOf;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jdbi.v3.core.Jdbi;

/** Class files of an earlier compilation, on the class path of the next one. */
final class OutputDirectory {

  private final Path directory;
  private final List<File> sourcePath;

  OutputDirectory(Path directory) {
    this(directory, List.of());
  }

  OutputDirectory(Path directory, List<File> sourcePath) {
    this.directory = directory;
    this.sourcePath = sourcePath;
  }

  void add(Compilation compilation) throws IOException {
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == Kind.CLASS) {
        Path path = directory.resolve(file.toUri().getPath().replaceFirst("^/CLASS_OUTPUT/", ""));
        Files.createDirectories(path.getParent());
        try (InputStream in = file.openInputStream()) {
          Files.copy(in, path);
        }
      }
    }
  }

  Compilation compileAgainst(JavaFileObject... sources) {
    return Compiler.javac()
        .withClasspath(classPath())
        .withOptions(STRICT)
        .withProcessors(new MigrationProcessor())
        .compile(sources);
  }

  /** Compiles into the directory itself, and returns what the compiler says. */
  List<String> compileInto(JavaFileObject source) throws IOException {
    return compileInto(List.of(), source);
  }

  /** Compiles one source, and hands class files to the processor by their names. */
  List<String> compileInto(List<String> classNames, JavaFileObject source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
      files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(directory.toFile()));
      files.setLocation(StandardLocation.CLASS_PATH, classPath());
      if (!sourcePath.isEmpty()) {
        files.setLocation(StandardLocation.SOURCE_PATH, sourcePath);
      }
      JavaCompiler.CompilationTask task =
          compiler.getTask(null, files, diagnostics, STRICT, classNames, List.of(source));
      task.setProcessors(List.of(new MigrationProcessor()));
      task.call();
    }
    return diagnostics.getDiagnostics().stream().map(Compilations::print).toList();
  }

  private List<File> classPath() {
    return List.of(
        directory.toFile(),
        classPathOf(Migration.class),
        classPathOf(JdbiMigration.class),
        classPathOf(Jdbi.class));
  }
}
