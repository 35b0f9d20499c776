package dev.kysera.migrations.benchmarks.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** The least that a registry asks of a processor: classes that list the names of all migrations. */
public final class ListingProcessor extends AbstractProcessor {

  /** What surely fits into one method. */
  private static final int PER_CLASS = 1000;

  /** Creates the processor. */
  public ListingProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("dev.kysera.migrations.annotation.Migration");
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    List<String> classes = new ArrayList<>();
    for (TypeElement annotation : annotations) {
      for (Element migration : round.getElementsAnnotatedWith(annotation)) {
        classes.add("\"" + migration + "\"");
      }
    }
    for (int from = 0; from < classes.size(); from += PER_CLASS) {
      int to = Math.min(from + PER_CLASS, classes.size());
      write("Listing" + from / PER_CLASS, classes.subList(from, to));
    }
    return false;
  }

  private void write(String name, List<String> classes) {
    String qualified = MigrationSources.PACKAGE + "." + name;
    try (Writer writer = processingEnv.getFiler().createSourceFile(qualified).openWriter()) {
      writer.write(
          """
          package %s;

          final class %s {
            static final java.util.List<String> CLASSES = java.util.List.of(
              %s);
          }
          """
              .formatted(MigrationSources.PACKAGE, name, String.join(",\n      ", classes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
