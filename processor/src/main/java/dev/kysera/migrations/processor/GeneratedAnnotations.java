package dev.kysera.migrations.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/** The annotations of a class that is generated. */
final class GeneratedAnnotations {

  private GeneratedAnnotations() {}

  /**
   * Returns them.
   *
   * @param hasGenerated whether the user's module can see {@code @Generated}
   * @param suppressedWarnings the lint categories in which the class would cause a warning
   */
  static List<AnnotationSpec> of(boolean hasGenerated, List<String> suppressedWarnings) {
    List<AnnotationSpec> annotations = new ArrayList<>();
    if (hasGenerated) {
      annotations.add(
          AnnotationSpec.builder(RuntimeTypes.GENERATED)
              .addMember("value", "$S", MigrationProcessor.class.getName())
              .build());
    }
    annotations.add(AnnotationSpec.builder(RuntimeTypes.GENERATED_REGISTRY).build());
    List<CodeBlock> suppressed =
        suppressedWarnings.stream().map(warning -> CodeBlock.of("$S", warning)).toList();
    if (!suppressed.isEmpty()) {
      CodeBlock list = CodeBlock.join(suppressed, ", ");
      annotations.add(
          AnnotationSpec.builder(RuntimeTypes.SUPPRESS_WARNINGS)
              .addMember("value", suppressed.size() == 1 ? "$L" : "{$L}", list)
              .build());
    }
    return annotations;
  }
}
