package dev.kysera.migrations.processor;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Compiles sources in memory, as a user's build would. */
final class Compilations {

  /** All warnings are errors, but for those that a user of any JDBI or processor switches off. */
  static final List<String> STRICT = List.of("-Xlint:all,-processing,-classfile", "-Werror");

  private Compilations() {}

  static Compilation compile(JavaFileObject... sources) {
    return compile(STRICT, List.of(sources));
  }

  static Compilation compile(List<String> options, List<JavaFileObject> sources) {
    return compile(options, sources, new MigrationProcessor());
  }

  static Compilation compile(
      List<String> options, List<JavaFileObject> sources, Processor... processors) {
    return Compiler.javac().withOptions(options).withProcessors(processors).compile(sources);
  }

  /** Returns the errors as the compiler prints them: file, line, column, text. */
  static List<String> errors(Compilation compilation) {
    return compilation.errors().stream().map(Compilations::print).toList();
  }

  static String print(Diagnostic<? extends JavaFileObject> diagnostic) {
    String message = diagnostic.getMessage(Locale.ROOT);
    JavaFileObject file = diagnostic.getSource();
    return file == null
        ? message
        : "%s:%d:%d: %s"
            .formatted(
                file.getName().substring(file.getName().lastIndexOf('/') + 1),
                diagnostic.getLineNumber(),
                diagnostic.getColumnNumber(),
                message);
  }

  static String generated(Compilation compilation, String className) {
    return compilation
        .generatedFile(StandardLocation.SOURCE_OUTPUT, className.replace('.', '/') + ".java")
        .map(Compilations::contentOf)
        .orElseThrow(() -> new AssertionError(className + " is missing: " + errors(compilation)));
  }

  static boolean hasGenerated(Compilation compilation, String className) {
    return compilation
        .generatedFile(StandardLocation.SOURCE_OUTPUT, className.replace('.', '/') + ".java")
        .isPresent();
  }

  static String contentOf(JavaFileObject file) {
    try {
      return file.getCharContent(false).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JavaFileObject resource(String name) {
    return JavaFileObjects.forResource(name);
  }

  static JavaFileObject source(String className, String... lines) {
    return JavaFileObjects.forSourceLines(className, lines);
  }

  /** A package-private migration that has no way back. */
  static JavaFileObject migration(String className, String name) {
    return migration(className, "\"" + name + "\"", "");
  }

  /** A migration with that annotation value, written on line 3, and that extends clause. */
  static JavaFileObject migration(String className, String value, String extended) {
    int dot = className.lastIndexOf('.');
    List<String> lines = new ArrayList<>();
    lines.add(dot < 0 ? "" : "package %s;".formatted(className.substring(0, dot)));
    lines.add("import dev.kysera.migrations.*; import dev.kysera.migrations.annotation.*;");
    lines.add("@Migration(%s)".formatted(value));
    lines.add(
        "public class %s %s implements JdbiMigration {"
            .formatted(className.substring(dot + 1), extended));
    lines.add("  @Override public void up(org.jdbi.v3.core.Handle handle) {}");
    lines.add("}");
    return source(className, lines.toArray(String[]::new));
  }

  /** A {@code package-info.java} with {@code @MigrationModule} on line 1. */
  static JavaFileObject module(String packageName) {
    return source(
        packageName + ".package-info",
        "@dev.kysera.migrations.annotation.MigrationModule",
        "package %s;".formatted(packageName));
  }

  /** Returns the directory or archive that holds a class. */
  static File classPathOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
