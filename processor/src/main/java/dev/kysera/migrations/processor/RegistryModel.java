package dev.kysera.migrations.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterSpec;
import dev.kysera.migrations.processor.fingerprint.SourceFingerprints;
import java.util.List;
import java.util.Set;

/**
 * The class {@code Migrations} to be generated.
 *
 * @param target its name
 * @param entries the valid migrations, in the order of execution
 * @param dependencies what they need, sorted by name
 * @param tableName where their history is, empty for the default
 * @param sharedWith the modules whose migrations are in that history too
 * @param hiddenNames simple names that mean something else in its package
 * @param hasGeneratedAnnotation whether the user's module can see {@code @Generated}
 * @param suppressedWarnings the lint categories in which the class would cause a warning
 */
record RegistryModel(
    ClassName target,
    List<Entry> entries,
    List<Dependency> dependencies,
    String tableName,
    List<SharedHistory> sharedWith,
    Set<String> hiddenNames,
    boolean hasGeneratedAnnotation,
    List<String> suppressedWarnings) {

  /** What methods that create a migration are handed beside its position. */
  List<ParameterSpec> dependencyParameters() {
    return dependencies.isEmpty() ? List.of() : List.of(DependenciesGenerator.parameter(target));
  }

  /**
   * One migration of a registry.
   *
   * @param accessible whether {@code Migrations} can create it, or only a class of its own package
   * @param arguments the names of the dependencies that its constructor takes, in its order
   */
  record Entry(
      MigrationDeclaration declaration,
      boolean reversible,
      SourceFingerprints fingerprints,
      boolean accessible,
      List<String> arguments) {

    ClassName className() {
      return ClassName.get(declaration.type());
    }
  }
}
