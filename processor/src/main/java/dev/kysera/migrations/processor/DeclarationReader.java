package dev.kysera.migrations.processor;

import dev.kysera.migrations.annotation.Migration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Reads what the user wrote, and judges nothing. */
final class DeclarationReader {

  private static final String ANNOTATION_NAME = Migration.class.getCanonicalName();

  private static final String UNRESOLVED = "<error>";

  private DeclarationReader() {}

  /**
   * Returns the declaration, or empty where the annotation is incomplete or of wrong types: the
   * compiler reports that itself.
   */
  static Optional<MigrationDeclaration> read(TypeElement type) {
    return annotation(type, ANNOTATION_NAME).flatMap(annotation -> read(type, annotation));
  }

  private static Optional<MigrationDeclaration> read(
      TypeElement type, AnnotationMirror annotation) {
    Map<String, AnnotationValue> values = valuesAsWritten(annotation);
    AnnotationValue name = values.get("value");
    if (name == null || areUnresolved(values)) {
      return Optional.empty();
    }
    AnnotationValue estimate = values.get("estimatedMillis");
    AnnotationValue formerly = values.get("formerly");
    return Optional.of(
        new MigrationDeclaration(
            type,
            annotation,
            name,
            (String) name.getValue(),
            (String) valueOr("", values.get("description")),
            (boolean) valueOr(false, values.get("breaking")),
            (long) valueOr(0L, estimate),
            estimate,
            (boolean) valueOr(true, values.get("transactional")),
            (boolean) valueOr(false, values.get("rerunnable")),
            textsIn(formerly),
            formerly));
  }

  private static List<String> textsIn(@Nullable AnnotationValue texts) {
    return texts != null && texts.getValue() instanceof List<?> values
        ? values.stream()
            .map(AnnotationValue.class::cast)
            .map(text -> String.valueOf(text.getValue()))
            .toList()
        : List.of();
  }

  /** Returns the annotation of that name, if the element has it. */
  static Optional<AnnotationMirror> annotation(Element element, String annotationName) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      TypeElement annotationType = (TypeElement) mirror.getAnnotationType().asElement();
      if (annotationType.getQualifiedName().contentEquals(annotationName)) {
        return Optional.of(mirror);
      }
    }
    return Optional.empty();
  }

  /** Returns whether a value of {@code @Migration} names something that is not there yet. */
  static boolean hasUnresolvedValue(TypeElement type) {
    return annotation(type, ANNOTATION_NAME)
        .map(DeclarationReader::valuesAsWritten)
        .map(values -> isUnresolvedName(values.get("value")) || areUnresolved(values))
        .orElse(false);
  }

  private static boolean areUnresolved(Map<String, AnnotationValue> values) {
    return values.values().stream().anyMatch(DeclarationReader::isUnresolved);
  }

  /** The source form of a text has quotes, so the text {@code <error>} itself is no match. */
  private static boolean isUnresolved(AnnotationValue value) {
    if (value.getValue() instanceof List<?> values) {
      return values.stream()
          .map(AnnotationValue.class::cast)
          .anyMatch(DeclarationReader::isUnresolved);
    }
    return value.getValue().equals(UNRESOLVED) && value.toString().equals(UNRESOLVED);
  }

  /** Some compilers put quotes around an unresolved value too; the text is no name in any case. */
  static boolean isUnresolvedName(@Nullable AnnotationValue name) {
    return name != null && name.getValue().equals(UNRESOLVED);
  }

  static Map<String, AnnotationValue> valuesAsWritten(AnnotationMirror annotation) {
    Map<String, AnnotationValue> values = new HashMap<>();
    annotation
        .getElementValues()
        .forEach((element, value) -> values.put(element.getSimpleName().toString(), value));
    return values;
  }

  private static Object valueOr(Object defaultValue, @Nullable AnnotationValue value) {
    return value == null ? defaultValue : value.getValue();
  }
}
