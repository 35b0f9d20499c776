package dev.kysera.migrations.processor;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Something that the user has to mend.
 *
 * @param offender the name of what is at fault: a class, a package or an option
 * @param element where it is, null for no place in the sources
 */
record Finding(
    String offender,
    String message,
    @Nullable Element element,
    @Nullable AnnotationMirror annotation,
    @Nullable AnnotationValue value) {

  /** A finding about a migration as a class. */
  static Finding about(MigrationDeclaration declaration, String message) {
    return at(declaration.type(), declaration, message);
  }

  /** A finding about a migration, to be mended at one of its members. */
  static Finding at(Element place, MigrationDeclaration declaration, String message) {
    return new Finding(declaration.className(), message, place, null, null);
  }

  /** A finding about a value of the annotation. */
  static Finding atValue(
      MigrationDeclaration declaration, @Nullable AnnotationValue value, String message) {
    return new Finding(
        declaration.className(), message, declaration.type(), declaration.annotation(), value);
  }

  /** A finding about something that is not a migration. */
  static Finding at(@Nullable Element place, String offender, String message) {
    return new Finding(offender, message, place, null, null);
  }
}
