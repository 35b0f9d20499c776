package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The types right above one. */
final class Supertypes {

  private Supertypes() {}

  static List<TypeElement> of(TypeElement type) {
    List<TypeElement> above = new ArrayList<>();
    add(type.getSuperclass(), above);
    type.getInterfaces().forEach(mirror -> add(mirror, above));
    return above;
  }

  private static void add(TypeMirror mirror, List<TypeElement> above) {
    if (mirror.getKind() == TypeKind.DECLARED
        && ((DeclaredType) mirror).asElement() instanceof TypeElement type
        && !type.getQualifiedName().contentEquals("java.lang.Object")) {
      above.add(type);
    }
  }
}
