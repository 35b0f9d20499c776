package dev.kysera.migrations.processor;

import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.PackageElement;
import org.jspecify.annotations.Nullable;

/**
 * What the user wrote about one module, and where.
 *
 * @param tableName empty if it is left out
 * @param tableNameValue where the table is named, null if it is left out
 * @param partners the modules it shares its history with
 */
record ModuleDeclaration(
    PackageElement element,
    AnnotationMirror annotation,
    String tableName,
    @Nullable AnnotationValue tableNameValue,
    List<Partner> partners) {

  /**
   * A class that is named as another module's {@code Migrations}.
   *
   * @param className its name, empty where the compiler does not tell it
   */
  record Partner(AnnotationValue value, String className) {}

  String packageName() {
    return element.getQualifiedName().toString();
  }

  String migrations() {
    return ClassNames.migrationsIn(packageName());
  }
}
