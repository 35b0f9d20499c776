package dev.kysera.migrations.processor.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Migrations as the JDK's compiler sees them, with what it says of their sources.
 *
 * @param fingerprints those of each migration, by its canonical name
 * @param errors by the name of the file that was given
 */
record CompiledMigrations(
    SortedMap<String, SourceFingerprints> fingerprints, SortedMap<String, String> errors) {

  private static final String ANNOTATION = "dev.kysera.migrations.annotation.Migration";

  /** Errors of one file neither end the compilation nor keep those of another back. */
  private static final List<String> OPTIONS =
      List.of("-XDshould-stop.ifError=FLOW", "-Xmaxerrs", "1000000", "-nowarn", "-implicit:none");

  /** Reads them as the processor does, but wherever they lie and however many there are. */
  private static final class Reading extends AbstractProcessor {

    private final SortedMap<String, SourceFingerprints> fingerprints = new TreeMap<>();

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of(ANNOTATION);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      FingerprintReader reader =
          new FingerprintReader(processingEnv, processingEnv.getElementUtils()::getTypeElement);
      for (TypeElement annotation : annotations) {
        for (Element migration : round.getElementsAnnotatedWith(annotation)) {
          fingerprints.put(migration.toString(), reader.read((TypeElement) migration));
        }
      }
      return false;
    }
  }

  static CompiledMigrations of(List<? extends JavaFileObject> sources) {
    Reading reading = new Reading();
    SortedMap<String, String> errors =
        run(
            sources,
            List.of(),
            task -> {
              task.setProcessors(List.of(reading));
              task.call();
            });
    return new CompiledMigrations(reading.fingerprints, errors);
  }

  /** Returns what is wrong with the grammar, by the name of the file that was given. */
  static SortedMap<String, String> grammarErrors(List<? extends JavaFileObject> sources) {
    return run(
        sources,
        List.of("-proc:none"),
        task -> {
          try {
            task.parse();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static SortedMap<String, String> run(
      List<? extends JavaFileObject> sources, List<String> processing, Consumer<JavacTask> action) {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(processing);
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (JavaFileManager files =
        new Unwritten(compiler.getStandardFileManager(diagnostics, null, UTF_8))) {
      action.accept(
          (JavacTask)
              compiler.getTask(null, files, diagnostics, options, null, List.copyOf(sources)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SortedMap<String, String> errors = new TreeMap<>();
    for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
      if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        String file = diagnostic.getSource() == null ? "" : diagnostic.getSource().getName();
        errors.merge(file, diagnostic.toString(), (first, next) -> first);
      }
    }
    return errors;
  }
}
