package dev.kysera.migrations.processor;

import dev.kysera.migrations.processor.fingerprint.SourceFingerprints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier compilation has written about the migrations of a module into its class {@code
 * Migrations}. A compiler that is given the changed files only has no source of the others, and
 * that of another jar has none at all.
 */
final class FormerRegistry {

  private final Map<String, RegistryLine> lines = new HashMap<>();

  private FormerRegistry() {}

  /**
   * Reads the constants of a class that was generated.
   *
   * @param migrations the class, null if there is none
   */
  static FormerRegistry of(@Nullable TypeElement migrations) {
    FormerRegistry former = new FormerRegistry();
    if (migrations != null) {
      ElementFilter.fieldsIn(migrations.getEnclosedElements()).forEach(former::addLinesOf);
    }
    return former;
  }

  private void addLinesOf(VariableElement field) {
    if (field.getSimpleName().toString().startsWith(RegistryLine.CONSTANT)
        && field.getConstantValue() instanceof String text) {
      text.lines().map(RegistryLine::parse).forEach(line -> lines.put(line.name(), line));
    }
  }

  /** The names of the migrations that it knows. */
  Set<String> names() {
    return lines.keySet();
  }

  /** Returns the fingerprints of a migration, none if it does not know them. */
  SourceFingerprints fingerprintsOf(String name) {
    RegistryLine line = lines.get(name);
    return line == null ? SourceFingerprints.NONE : line.fingerprints();
  }

  /** Returns the names of the parameters of a migration's constructor, empty if not known. */
  Optional<List<String>> parametersOf(String name) {
    return Optional.ofNullable(lines.get(name)).map(RegistryLine::parameters);
  }
}
