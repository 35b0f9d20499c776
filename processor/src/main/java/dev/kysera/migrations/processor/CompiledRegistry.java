package dev.kysera.migrations.processor;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/**
 * A class {@code Migrations} of another compilation, as far as a class file tells. The names of its
 * migrations are the first words of the lines that hold their fingerprints.
 */
record CompiledRegistry(TypeElement type) {

  private static final String LINES_HOLDER = "Fingerprints";
  private static final String LINES_PREFIX = "LINES";

  /** Returns the names of the migrations, none if an older processor wrote the class. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
      if (nested.getSimpleName().contentEquals(LINES_HOLDER)) {
        for (VariableElement field : ElementFilter.fieldsIn(nested.getEnclosedElements())) {
          if (field.getSimpleName().toString().startsWith(LINES_PREFIX)
              && field.getConstantValue() instanceof String lines) {
            lines.lines().map(line -> line.split(" ", 2)[0]).forEach(names::add);
          }
        }
      }
    }
    return names;
  }

  /** Returns whether its migrations need something. */
  boolean hasDependencies() {
    return ElementFilter.typesIn(type.getEnclosedElements()).stream()
        .anyMatch(t -> t.getSimpleName().contentEquals(DependenciesGenerator.DEPENDENCIES));
  }
}
