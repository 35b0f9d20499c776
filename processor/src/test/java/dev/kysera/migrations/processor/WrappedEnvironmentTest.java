package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.STRICT;
import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.migration;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Completion;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;

/** Build tools and editors may wrap the environment of a processor, so that it has no trees. */
class WrappedEnvironmentTest {

  /** Our processor in an environment that is not the compiler's own. */
  private static final class Wrapping implements Processor {

    private final Processor ours = new MigrationProcessor();

    @Override
    public void init(ProcessingEnvironment environment) {
      ours.init(
          (ProcessingEnvironment)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {ProcessingEnvironment.class},
                  (proxy, method, arguments) -> {
                    try {
                      return method.invoke(environment, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }));
    }

    @Override
    public Set<String> getSupportedOptions() {
      return ours.getSupportedOptions();
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return ours.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return ours.getSupportedSourceVersion();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      return ours.process(annotations, round);
    }

    @Override
    public Iterable<? extends Completion> getCompletions(
        Element element, AnnotationMirror annotation, ExecutableElement member, String text) {
      return ours.getCompletions(element, annotation, member, text);
    }
  }

  @Test
  void processor_wrappedEnvironment_doesWithoutTrees() {
    Compilation compilation =
        compile(
            STRICT,
            List.of(migration("app.A", "001_a"), migration("app.B", "002_b")),
            new Wrapping());

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations"))
        .contains("case 0 -> new A(); // 001_a", "case 1 -> new B(); // 002_b");
    assertThat(fingerprints(compilation))
        .isIn(
            List.of(),
            fingerprints(compile(migration("app.A", "001_a"), migration("app.B", "002_b"))));
  }

  private static List<String> fingerprints(Compilation compilation) {
    return generated(compilation, "app.Migrations")
        .lines()
        .filter(line -> line.contains(" 1:"))
        .toList();
  }
}
