package dev.kysera.migrations.processor;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * What the user wrote about one migration, and where.
 *
 * @param estimateValue where the estimate is written, null if it is left out
 * @param formerlyValue where the former names are written, null if they are left out
 */
record MigrationDeclaration(
    TypeElement type,
    AnnotationMirror annotation,
    AnnotationValue nameValue,
    String name,
    String description,
    boolean breaking,
    long estimatedMillis,
    @Nullable AnnotationValue estimateValue,
    boolean transactional,
    boolean rerunnable,
    List<String> formerly,
    @Nullable AnnotationValue formerlyValue) {

  String className() {
    return type.getQualifiedName().toString();
  }

  String packageName() {
    Element around = type;
    while (around instanceof TypeElement) {
      around = around.getEnclosingElement();
    }
    return around instanceof PackageElement element ? element.getQualifiedName().toString() : "";
  }

  /** Returns the class and those around it, from the inside out. */
  List<TypeElement> typeAndEnclosing() {
    List<TypeElement> types = new ArrayList<>();
    Element element = type;
    while (element instanceof TypeElement around) {
      types.add(around);
      element = around.getEnclosingElement();
    }
    return types;
  }
}
