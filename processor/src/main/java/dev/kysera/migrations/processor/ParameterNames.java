package dev.kysera.migrations.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Types;

/**
 * The names of a constructor's parameters. A source always tells them, and so do the components of
 * a record; a class file does if it was compiled with {@code -parameters} or {@code -g}.
 */
final class ParameterNames {

  private final SourceFiles sources;
  private final Types types;

  ParameterNames(ProcessingEnvironment environment) {
    this.sources = SourceFiles.of(environment);
    this.types = environment.getTypeUtils();
  }

  /** Returns the names in the order of the parameters, empty if nothing tells them. */
  Optional<List<String>> of(TypeElement type, ExecutableElement constructor) {
    if (ConstructorChoice.isCanonical(constructor, type, types)) {
      return Optional.of(
          type.getRecordComponents().stream()
              .map(RecordComponentElement::getSimpleName)
              .map(Object::toString)
              .toList());
    }
    List<String> names = new ArrayList<>();
    for (VariableElement parameter : constructor.getParameters()) {
      names.add(parameter.getSimpleName().toString());
    }
    return areInvented(names) && !sources.contain(type) ? Optional.empty() : Optional.of(names);
  }

  /** Compilers call a parameter so whose name the class file does not hold. */
  private static boolean areInvented(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals("arg" + i)) {
        return false;
      }
    }
    return !names.isEmpty();
  }
}
