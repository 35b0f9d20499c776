package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import dev.kysera.migrations.annotation.Migration;
import dev.kysera.migrations.annotation.MigrationModule;
import dev.kysera.migrations.annotation.internal.MigrationName;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Reads what source files declare, by the parser of the compiler. */
final class SourceReader {

  private static final String NOT_UTF_8 = "compiler.err.illegal.char.for.encoding";

  private final List<DeclaredMigration> migrations = new ArrayList<>();
  private final Set<String> modulePackages = new TreeSet<>();

  private SourceReader() {}

  /**
   * Reads files.
   *
   * @throws UsageException if one cannot be understood
   */
  static SourceReader read(JavaCompiler compiler, Collection<Path> files) throws IOException {
    SourceReader reader = new SourceReader();
    for (Path file : files) {
      DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
      Optional<CompilationUnitTree> unit = parse(compiler, file, UTF_8, problems);
      if (problems.getDiagnostics().stream().anyMatch(p -> p.getCode().equals(NOT_UTF_8))) {
        problems = new DiagnosticCollector<>();
        unit = parse(compiler, file, ISO_8859_1, problems);
      }
      requireNone(problems, file);
      unit.ifPresent(parsed -> reader.read(parsed, file));
    }
    return reader;
  }

  private static Optional<CompilationUnitTree> parse(
      JavaCompiler compiler,
      Path file,
      Charset charset,
      DiagnosticCollector<JavaFileObject> problems)
      throws IOException {
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(problems, null, charset)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  problems,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjects(file));
      Iterator<? extends CompilationUnitTree> units = task.parse().iterator();
      return units.hasNext() ? Optional.of(units.next()) : Optional.empty();
    }
  }

  private static void requireNone(DiagnosticCollector<JavaFileObject> problems, Path file) {
    for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
      if (problem.getKind() == Diagnostic.Kind.ERROR) {
        throw new UsageException(
            "%s:%d does not compile, so the next number is not known: %s. Mend it first."
                .formatted(
                    file,
                    problem.getLineNumber(),
                    problem.getMessage(Locale.ROOT).lines().findFirst().orElse("")));
      }
    }
  }

  List<DeclaredMigration> migrations() {
    return migrations;
  }

  /** The packages that are annotated {@code @MigrationModule}. */
  Set<String> modulePackages() {
    return modulePackages;
  }

  private void read(CompilationUnitTree unit, Path file) {
    String packageName = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    if (unit.getPackageAnnotations().stream()
        .anyMatch(annotation -> isA(MigrationModule.class, annotation, unit))) {
      modulePackages.add(packageName);
    }
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitClass(ClassTree type, Void nothing) {
        for (AnnotationTree annotation : type.getModifiers().getAnnotations()) {
          if (isA(Migration.class, annotation, unit)) {
            migrations.add(
                new DeclaredMigration(
                    name(annotation, file), packageName, type.getSimpleName().toString(), file));
          }
        }
        return super.visitClass(type, null);
      }
    }.scan(unit, null);
  }

  private static boolean isA(Class<?> type, AnnotationTree annotation, CompilationUnitTree unit) {
    String written = annotation.getAnnotationType().toString();
    if (written.equals(type.getName())) {
      return true;
    }
    return written.equals(type.getSimpleName())
        && unit.getImports().stream()
            .map(imported -> imported.getQualifiedIdentifier().toString())
            .anyMatch(
                imported ->
                    imported.equals(type.getName())
                        || imported.equals(type.getPackageName() + ".*"));
  }

  private static MigrationName name(AnnotationTree annotation, Path file) {
    return annotation.getArguments().stream()
        .flatMap(argument -> value(argument).stream())
        .filter(LiteralTree.class::isInstance)
        .map(literal -> String.valueOf(((LiteralTree) literal).getValue()))
        .flatMap(text -> MigrationName.parse(text).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    file
                        + " has a @Migration whose name is not a literal of the right form, so the"
                        + " next number is not known. Write it like @Migration(\"001_create_users\")."));
  }

  private static Optional<ExpressionTree> value(ExpressionTree argument) {
    if (!(argument instanceof AssignmentTree assignment)) {
      return Optional.of(argument);
    }
    return assignment.getVariable().toString().equals("value")
        ? Optional.of(assignment.getExpression())
        : Optional.empty();
  }
}
