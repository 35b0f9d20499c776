package dev.kysera.migrations.processor;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The interface of all migrations, as the user's module sees it. */
final class JdbiMigrationType {

  private static final Set<String> METHOD_NAMES = Set.of("up", "down");

  private final Elements elements;
  private final Types types;
  private final TypeElement element;
  private final List<ExecutableElement> downs;

  private JdbiMigrationType(Elements elements, Types types, TypeElement element) {
    this.elements = elements;
    this.types = types;
    this.element = element;
    this.downs =
        ElementFilter.methodsIn(element.getEnclosedElements()).stream()
            .filter(method -> method.getSimpleName().contentEquals("down"))
            .toList();
  }

  /** Returns the interface, or empty if the module of that element does not see it. */
  static Optional<JdbiMigrationType> find(Elements elements, Types types, Element user) {
    return Optional.ofNullable(
            VisibleTypes.from(user, elements).find(RuntimeTypes.JDBI_MIGRATION.canonicalName()))
        .map(element -> new JdbiMigrationType(elements, types, element));
  }

  boolean isImplementedBy(TypeElement type) {
    return types.isSubtype(types.erasure(type.asType()), types.erasure(element.asType()));
  }

  /** Returns what looks as if somebody forgot to write {@code implements}: up, down or both. */
  List<String> methodsNamedLikeIts(TypeElement type) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(method -> method.getParameters().size() == 1)
        .map(method -> method.getSimpleName().toString())
        .filter(METHOD_NAMES::contains)
        .distinct()
        .toList();
  }

  /** Returns whether the class, a superclass or an interface between them overrides down. */
  boolean isDownOverriddenIn(TypeElement type) {
    for (ExecutableElement down : downs) {
      if (isOverridden(down, type, type, new HashSet<>())) {
        return true;
      }
    }
    return false;
  }

  private boolean isOverridden(
      ExecutableElement down, TypeElement type, TypeElement declaredBy, Set<String> visited) {
    if (declaredBy.equals(element) || !visited.add(declaredBy.getQualifiedName().toString())) {
      return false;
    }
    for (ExecutableElement method : ElementFilter.methodsIn(declaredBy.getEnclosedElements())) {
      if (method.getSimpleName().contentEquals("down")
          && !method.getModifiers().contains(Modifier.ABSTRACT)
          && elements.overrides(method, down, type)) {
        return true;
      }
    }
    for (TypeMirror supertype : types.directSupertypes(declaredBy.asType())) {
      if (types.asElement(supertype) instanceof TypeElement above
          && isOverridden(down, type, above, visited)) {
        return true;
      }
    }
    return false;
  }
}
