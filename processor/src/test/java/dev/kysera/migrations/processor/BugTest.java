package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.errors;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.junit.jupiter.api.Test;

/** The processor in a compiler that fails in an unexpected place. */
class BugTest {

  @Test
  void processor_unexpectedException_isOneErrorWithItsStack() {
    assertThat(
            errors(
                compileFailingAt(
                    "createSourceFile", () -> new IllegalStateException("out of order"))))
        .singleElement()
        .asString()
        .startsWith(
            "[Bug] @Migration cannot be processed: a bug in kysera-migrations, please report it.")
        .contains("java.lang.IllegalStateException: out of order")
        .contains("MigrationProcessor.process(MigrationProcessor.java:");
  }

  @Test
  void processor_unexpectedExceptionAboutAClass_isReportedThere() {
    assertThat(errors(compileFailingAt("overrides", () -> new IllegalStateException("odd"))))
        .singleElement()
        .asString()
        .startsWith("A.java:3:1: [Bug] @Migration cannot be processed: a bug in kysera-migrations");
  }

  @Test
  void processor_outputThatCannotBeWritten_isOneError() {
    assertThat(errors(compileFailingAt("createSourceFile", () -> new IOException("disk full"))))
        .containsExactly(
            "[NotWritten] @Migration class app.Migrations must be written to the output of the"
                + " compiler; found \"disk full\". Mend the output directory.");
  }

  private static Compilation compileFailingAt(String method, Supplier<Exception> failure) {
    return Compilations.compile(
        List.of("-Akysera.migrations.requireDown=true"),
        List.of(
            Compilations.source(
                "app.A",
                "package app;",
                "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
                "class A implements dev.kysera.migrations.JdbiMigration {",
                "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
                "  @Override public void down(org.jdbi.v3.core.Handle handle) {}",
                "}")),
        new FailingEnvironment(method, failure));
  }

  /** Runs the processor with elements and a filer of which one method throws. */
  private static final class FailingEnvironment extends AbstractProcessor {

    private final MigrationProcessor processor = new MigrationProcessor();
    private final String method;
    private final Supplier<Exception> failure;

    FailingEnvironment(String method, Supplier<Exception> failure) {
      this.method = method;
      this.failure = failure;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return processor.getSupportedSourceVersion();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
      Elements elements = failing(Elements.class, environment.getElementUtils());
      Filer filer = failing(Filer.class, environment.getFiler());
      processor.init(
          (ProcessingEnvironment)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {ProcessingEnvironment.class},
                  (proxy, called, arguments) ->
                      switch (called.getName()) {
                        case "getElementUtils" -> elements;
                        case "getFiler" -> filer;
                        default -> called.invoke(environment, arguments);
                      }));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      return processor.process(annotations, round);
    }

    private <T> T failing(Class<T> type, T original) {
      return type.cast(
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {type},
              (proxy, called, arguments) -> {
                if (called.getName().equals(method)) {
                  throw failure.get();
                }
                try {
                  return called.invoke(original, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }
  }
}
