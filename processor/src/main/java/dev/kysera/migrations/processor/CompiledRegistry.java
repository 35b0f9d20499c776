package dev.kysera.migrations.processor;

import dev.kysera.migrations.processor.fingerprint.SourceFingerprints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/**
 * What another compilation has written about its migrations into a class {@code Migrations}: that
 * of another module, or an earlier one of this module. A compiler that is given the changed files
 * only has no source of the others.
 *
 * @param lines what is said of each migration, by its name
 * @param hasDependencies whether its migrations need something
 */
record CompiledRegistry(Map<String, RegistryLine> lines, boolean hasDependencies) {

  /** That of a module which was never compiled before. */
  static final CompiledRegistry NONE = new CompiledRegistry(Map.of(), false);

  /** Reads the constants of a class that was generated. */
  static CompiledRegistry of(TypeElement migrations) {
    Map<String, RegistryLine> lines = new LinkedHashMap<>();
    for (VariableElement field : ElementFilter.fieldsIn(migrations.getEnclosedElements())) {
      if (field.getSimpleName().toString().startsWith(RegistryLine.CONSTANT)
          && field.getConstantValue() instanceof String text) {
        text.lines().map(RegistryLine::parse).forEach(line -> lines.put(line.name(), line));
      }
    }
    return new CompiledRegistry(
        lines,
        ElementFilter.typesIn(migrations.getEnclosedElements()).stream()
            .anyMatch(t -> t.getSimpleName().contentEquals(DependenciesGenerator.DEPENDENCIES)));
  }

  /** Returns the names of the migrations, none if an older processor wrote the class. */
  List<String> names() {
    return List.copyOf(lines.keySet());
  }

  /** Returns the fingerprints of a migration, none if they are not known. */
  SourceFingerprints fingerprintsOf(String name) {
    return line(name).map(RegistryLine::fingerprints).orElse(SourceFingerprints.NONE);
  }

  /** Returns the names of the parameters of a migration's constructor, empty if not known. */
  Optional<List<String>> parametersOf(String name) {
    return line(name).map(RegistryLine::parameters);
  }

  private Optional<RegistryLine> line(String name) {
    return Optional.ofNullable(lines.get(name));
  }
}
