package dev.kysera.migrations.processor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether everything the rules ask about a class is known. Another processor may still have
 * to generate a supertype, a constant or the type of a parameter.
 */
final class Completeness {

  private Completeness() {}

  static boolean isComplete(TypeElement type) {
    return !DeclarationReader.hasUnresolvedValue(type)
        && supertypesExist(type, new HashSet<>())
        && constructorsExist(type);
  }

  private static boolean supertypesExist(TypeElement type, Set<String> visited) {
    if (!visited.add(type.getQualifiedName().toString())) {
      return true;
    }
    return supertypeExists(type.getSuperclass(), visited)
        && type.getInterfaces().stream().allMatch(t -> supertypeExists(t, visited));
  }

  private static boolean supertypeExists(TypeMirror supertype, Set<String> visited) {
    if (supertype.getKind() == TypeKind.NONE) {
      return true;
    }
    return exists(supertype)
        && supertypesExist((TypeElement) ((DeclaredType) supertype).asElement(), visited);
  }

  private static boolean constructorsExist(TypeElement type) {
    for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
      if (!allExist(constructor.getThrownTypes())
          || !constructor.getParameters().stream().allMatch(p -> exists(p.asType()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean allExist(List<? extends TypeMirror> types) {
    return types.stream().allMatch(Completeness::exists);
  }

  private static boolean exists(@Nullable TypeMirror type) {
    if (type == null) {
      return true;
    }
    return switch (type.getKind()) {
      case ERROR -> false;
      case DECLARED -> allExist(((DeclaredType) type).getTypeArguments());
      case ARRAY -> exists(((ArrayType) type).getComponentType());
      case WILDCARD ->
          exists(((WildcardType) type).getExtendsBound())
              && exists(((WildcardType) type).getSuperBound());
      default -> true;
    };
  }
}
