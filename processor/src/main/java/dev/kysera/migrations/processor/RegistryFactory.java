package dev.kysera.migrations.processor;

import com.palantir.javapoet.ClassName;
import dev.kysera.migrations.annotation.internal.MigrationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
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
  private final RequirementReader requirements;
  private final SharedHistories histories;

  RegistryFactory(
      ProcessingEnvironment environment,
      JdbiMigrationType jdbiMigration,
      DeclaredFingerprints fingerprints,
      RequirementReader requirements,
      SharedHistories histories) {
    this.auxiliaryClasses = new AuxiliaryClasses(environment);
    this.elements = environment.getElementUtils();
    this.jdbiMigration = jdbiMigration;
    this.fingerprints = fingerprints;
    this.requirements = requirements;
    this.histories = histories;
  }

  /**
   * Returns the model of one registry.
   *
   * @param needs what all migrations of the module ask for, valid or not: the user's code that
   *     meets these needs has no errors of its own
   */
  RegistryModel registryOf(
      String packageName, List<MigrationDeclaration> valid, List<Requirement> needs) {
    SortedMap<MigrationName, MigrationDeclaration> ordered = new TreeMap<>();
    valid.forEach(declaration -> ordered.put(name(declaration), declaration));
    List<RegistryModel.Entry> entries = new ArrayList<>();
    for (MigrationDeclaration declaration : ordered.values()) {
      boolean reversible = jdbiMigration.isDownOverriddenIn(declaration.type());
      List<String> arguments =
          requirements.read(declaration).stream().map(Requirement::name).toList();
      entries.add(
          new RegistryModel.Entry(
              declaration,
              reversible,
              fingerprints.of(declaration),
              isAccessible(declaration),
              arguments));
    }
    return new RegistryModel(
        ClassName.get(packageName, ClassNames.MIGRATIONS),
        entries,
        dependencies(needs),
        histories.module(packageName).map(ModuleDeclaration::tableName).orElse(""),
        histories.module(packageName).map(histories::sharedWith).orElse(List.of()),
        hiddenNames(packageName, needs),
        isGeneratedVisible(packageName),
        suppressedWarnings(packageName, valid, needs));
  }

  /** Returns the classes that create what the registry cannot. */
  List<PackageFactory> factoriesFor(RegistryModel registry) {
    List<PackageFactory> factories = new ArrayList<>();
    PackageFactory.inaccessible(registry.entries())
        .forEach((packageName, entries) -> factories.add(factory(packageName, entries, registry)));
    return factories;
  }

  private PackageFactory factory(
      String packageName, SortedMap<Integer, RegistryModel.Entry> entries, RegistryModel registry) {
    List<MigrationDeclaration> members =
        entries.values().stream().map(RegistryModel.Entry::declaration).toList();
    return new PackageFactory(
        PackageFactory.nameIn(packageName),
        registry.target(),
        entries,
        hiddenNames(packageName, List.of()),
        isGeneratedVisible(packageName),
        suppressedWarnings(packageName, members, List.of()));
  }

  /** Returns whether {@code Migrations} can call the constructor. */
  private boolean isAccessible(MigrationDeclaration declaration) {
    boolean samePackage = requirements.isInPackageOfMigrations(declaration);
    return declaration.typeAndEnclosing().stream()
            .allMatch(type -> ConstructorChoice.isAccessible(type, samePackage))
        && requirements
            .constructors(declaration)
            .chosen()
            .filter(constructor -> ConstructorChoice.isAccessible(constructor, samePackage))
            .isPresent();
  }

  private static MigrationName name(MigrationDeclaration declaration) {
    return MigrationName.parse(declaration.name()).orElseThrow();
  }

  /** Names that stand for several types are errors; the first one is as good as the others. */
  private static List<Dependency> dependencies(List<Requirement> needs) {
    SortedMap<String, List<Requirement>> byName = new TreeMap<>();
    needs.forEach(need -> byName.computeIfAbsent(need.name(), n -> new ArrayList<>()).add(need));
    return byName.values().stream()
        .map(
            alike ->
                new Dependency(
                    alike.get(0).name(),
                    alike.get(0).typeName(),
                    alike.stream().map(need -> need.declaration().name()).sorted().toList()))
        .toList();
  }

  private Set<String> hiddenNames(String packageName, List<Requirement> needs) {
    VisibleTypes types = typesVisibleFrom(packageName);
    Set<String> mentioned = new TreeSet<>();
    RuntimeTypes.MENTIONED.forEach(type -> mentioned.add(type.simpleName()));
    mentionedTypes(needs)
        .filter(type -> elements.getPackageOf(type).getQualifiedName().contentEquals("java.lang"))
        .forEach(type -> mentioned.add(type.getSimpleName().toString()));
    mentioned.removeIf(name -> types.find(ClassNames.in(packageName, name)) == null);
    return mentioned;
  }

  private static Stream<TypeElement> mentionedTypes(List<Requirement> needs) {
    return needs.stream().flatMap(need -> MentionedTypes.in(need.type()).elements().stream());
  }

  private boolean isGeneratedVisible(String packageName) {
    return typesVisibleFrom(packageName).find(RuntimeTypes.GENERATED.canonicalName()) != null;
  }

  private List<String> suppressedWarnings(
      String packageName, List<MigrationDeclaration> valid, List<Requirement> needs) {
    List<String> suppressed = new ArrayList<>();
    if (valid.stream().anyMatch(this::isDeprecated)
        || mentionedTypes(needs).anyMatch(elements::isDeprecated)) {
      suppressed.add("deprecation");
      suppressed.add("removal");
    }
    if (valid.stream().anyMatch(this::isInAuxiliaryClass)) {
      suppressed.add("auxiliaryclass");
    }
    if (needs.stream().anyMatch(need -> MentionedTypes.in(need.type()).areRaw())) {
      suppressed.add("rawtypes");
    }
    if (isExported(packageName)) {
      suppressed.add("exports");
    }
    return suppressed;
  }

  private boolean isDeprecated(MigrationDeclaration declaration) {
    return declaration.typeAndEnclosing().stream().anyMatch(elements::isDeprecated)
        || requirements
            .constructors(declaration)
            .chosen()
            .filter(elements::isDeprecated)
            .isPresent();
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
