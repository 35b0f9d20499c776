package dev.kysera.migrations.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Another processor, which writes classes in given rounds. */
@SupportedAnnotationTypes("*")
final class GeneratingProcessor extends AbstractProcessor {

  private final Map<Integer, Map<String, String>> sourcesByRound;
  private int round;

  /** Writes a class in the first round. */
  GeneratingProcessor(String className, String source) {
    this(Map.of(1, Map.of(className, source)));
  }

  GeneratingProcessor(Map<Integer, Map<String, String>> sourcesByRound) {
    this.sourcesByRound = sourcesByRound;
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
    round++;
    sourcesByRound.getOrDefault(round, Map.of()).forEach(this::write);
    return false;
  }

  private void write(String className, String source) {
    try (Writer writer = processingEnv.getFiler().createSourceFile(className).openWriter()) {
      writer.write(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
