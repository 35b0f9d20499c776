package dev.kysera.migrations.processor;

import com.palantir.javapoet.ClassName;
import dev.kysera.migrations.annotation.internal.MigrationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.ModuleElement.ExportsDirective;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Turns valid declarations into the model of a registry, sorted. */
final class RegistryFactory {

  private final AuxiliaryClasses auxiliaryClasses;
  private final Elements elements;
  private final JdbiMigrationType jdbiMigration;
  private final DeclaredFingerprints fingerprints;

  RegistryFactory(
      ProcessingEnvironment environment,
      JdbiMigrationType jdbiMigration,
      DeclaredFingerprints fingerprints) {
    this.auxiliaryClasses = new AuxiliaryClasses(environment);
    this.elements = environment.getElementUtils();
    this.jdbiMigration = jdbiMigration;
    this.fingerprints = fingerprints;
  }

  RegistryModel registryOf(String packageName, List<MigrationDeclaration> valid) {
    SortedMap<MigrationName, MigrationDeclaration> ordered = new TreeMap<>();
    valid.forEach(declaration -> ordered.put(name(declaration), declaration));
    List<RegistryModel.Entry> entries = new ArrayList<>();
    for (MigrationDeclaration declaration : ordered.values()) {
      boolean reversible = jdbiMigration.isDownOverriddenIn(declaration.type());
      entries.add(new RegistryModel.Entry(declaration, reversible, fingerprints.of(declaration)));
    }
    return new RegistryModel(
        ClassName.get(packageName, ClassNames.MIGRATIONS),
        entries,
        hiddenNames(packageName),
        isGeneratedVisible(packageName),
        suppressedWarnings(packageName, valid));
  }

  private static MigrationName name(MigrationDeclaration declaration) {
    return MigrationName.parse(declaration.name()).orElseThrow();
  }

  private Set<String> hiddenNames(String packageName) {
    VisibleTypes types = typesVisibleFrom(packageName);
    Set<String> hidden = new TreeSet<>();
    for (ClassName mentioned : RuntimeTypes.MENTIONED) {
      if (types.find(ClassNames.in(packageName, mentioned.simpleName())) != null) {
        hidden.add(mentioned.simpleName());
      }
    }
    return hidden;
  }

  private boolean isGeneratedVisible(String packageName) {
    return typesVisibleFrom(packageName).find(RuntimeTypes.GENERATED.canonicalName()) != null;
  }

  private List<String> suppressedWarnings(String packageName, List<MigrationDeclaration> valid) {
    List<String> suppressed = new ArrayList<>();
    if (valid.stream().anyMatch(this::isDeprecated)) {
      suppressed.add("deprecation");
      suppressed.add("removal");
    }
    if (valid.stream().anyMatch(this::isInAuxiliaryClass)) {
      suppressed.add("auxiliaryclass");
    }
    if (isExported(packageName)) {
      suppressed.add("exports");
    }
    return suppressed;
  }

  private boolean isDeprecated(MigrationDeclaration declaration) {
    return declaration.typeAndEnclosing().stream().anyMatch(elements::isDeprecated)
        || ElementFilter.constructorsIn(declaration.type().getEnclosedElements()).stream()
            .filter(constructor -> constructor.getParameters().isEmpty())
            .anyMatch(elements::isDeprecated);
  }

  private boolean isInAuxiliaryClass(MigrationDeclaration declaration) {
    List<TypeElement> types = declaration.typeAndEnclosing();
    return auxiliaryClasses.contain(types.get(types.size() - 1));
  }

  /** In an exported package the compiler asks for {@code requires transitive} of the runtime. */
  private boolean isExported(String packageName) {
    ModuleElement module = typesVisibleFrom(packageName).module();
    return module != null
        && ElementFilter.exportsIn(module.getDirectives()).stream()
            .map(ExportsDirective::getPackage)
            .anyMatch(exported -> exported.getQualifiedName().contentEquals(packageName));
  }

  private VisibleTypes typesVisibleFrom(String packageName) {
    return VisibleTypes.from(elements.getPackageElement(packageName), elements);
  }
}
