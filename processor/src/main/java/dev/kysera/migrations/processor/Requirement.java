package dev.kysera.migrations.processor;

import com.palantir.javapoet.TypeName;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;

/**
 * A parameter of the constructor by which a migration is created.
 *
 * @param declaration the migration that asks for it
 * @param place where it is written
 */
record Requirement(MigrationDeclaration declaration, Element place, String name, TypeMirror type) {

  /** The type as generated code writes it, without annotations. */
  TypeName typeName() {
    return TypeName.get(type);
  }
}
