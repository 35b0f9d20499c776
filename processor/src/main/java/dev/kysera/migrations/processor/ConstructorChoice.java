package dev.kysera.migrations.processor;

import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/**
 * Which constructor of a migration is called, by {@code Migrations} or by a class of its own
 * package: the one without arguments, else that of the components of a record, else the only one
 * there is.
 *
 * @param all every constructor of the class
 * @param accessible those that are not private
 * @param chosen the one to be called, empty if that is not clear
 */
record ConstructorChoice(
    List<ExecutableElement> all,
    List<ExecutableElement> accessible,
    Optional<ExecutableElement> chosen) {

  static ConstructorChoice of(TypeElement type, Types types) {
    List<ExecutableElement> all = ElementFilter.constructorsIn(type.getEnclosedElements());
    List<ExecutableElement> accessible =
        all.stream().filter(constructor -> isAccessible(constructor, true)).toList();
    Optional<ExecutableElement> chosen =
        accessible.stream()
            .filter(constructor -> constructor.getParameters().isEmpty())
            .findFirst()
            .or(() -> accessible.stream().filter(c -> isCanonical(c, type, types)).findFirst())
            .or(() -> accessible.size() == 1 ? Optional.of(accessible.get(0)) : Optional.empty());
    return new ConstructorChoice(all, accessible, chosen);
  }

  /** Returns whether this is the constructor of a record that takes all components. */
  static boolean isCanonical(ExecutableElement constructor, TypeElement type, Types types) {
    List<? extends RecordComponentElement> components = type.getRecordComponents();
    if (type.getKind() != ElementKind.RECORD
        || constructor.getParameters().size() != components.size()) {
      return false;
    }
    for (int i = 0; i < components.size(); i++) {
      if (!types.isSameType(
          types.erasure(constructor.getParameters().get(i).asType()),
          types.erasure(components.get(i).asType()))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a class or a constructor is accessible, as seen from one package or not. */
  static boolean isAccessible(Element element, boolean samePackage) {
    return samePackage
        ? !element.getModifiers().contains(PRIVATE)
        : element.getModifiers().contains(PUBLIC);
  }
}
