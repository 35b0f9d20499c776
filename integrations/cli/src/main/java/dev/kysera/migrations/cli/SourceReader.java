package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;

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

  private static final String OTHER_CHARSET = "compiler.err.illegal.char.for.encoding";

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
    Set<Path> others = reader.read(compiler, files, UTF_8);
    reader.read(compiler, others, ISO_8859_1);
    return reader;
  }

  /** Reads the files that are written in a charset, and returns those that are not. */
  private Set<Path> read(JavaCompiler compiler, Collection<Path> files, Charset charset)
      throws IOException {
    if (files.isEmpty()) {
      return Set.of();
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<CompilationUnitTree> units = new ArrayList<>();
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
                  manager.getJavaFileObjectsFromPaths(files));
      task.parse().forEach(units::add);
    }
    List<Diagnostic<? extends JavaFileObject>> errors =
        problems.getDiagnostics().stream()
            .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
            .toList();
    Set<Path> others =
        errors.stream()
            .filter(error -> error.getCode().equals(OTHER_CHARSET))
            .map(error -> path(error.getSource()))
            .collect(toCollection(TreeSet::new));
    errors.stream()
        .filter(error -> !others.contains(path(error.getSource())))
        .findFirst()
        .ifPresent(SourceReader::refuse);
    units.stream().filter(unit -> !others.contains(path(unit.getSourceFile()))).forEach(this::read);
    return others;
  }

  private static Path path(JavaFileObject source) {
    return Path.of(source.toUri());
  }

  private static void refuse(Diagnostic<? extends JavaFileObject> error) {
    throw new UsageException(
        "%s:%d does not compile, so the next number is not known: %s. Mend it first."
            .formatted(
                path(error.getSource()),
                error.getLineNumber(),
                error.getMessage(Locale.ROOT).lines().findFirst().orElse("")));
  }

  List<DeclaredMigration> migrations() {
    return migrations;
  }

  /** The packages that are annotated {@code @MigrationModule}. */
  Set<String> modulePackages() {
    return modulePackages;
  }

  private void read(CompilationUnitTree unit) {
    Path file = path(unit.getSourceFile());
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
