package dev.kysera.migrations.processor;

import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The rules about what migrations ask for: each alone, and all of a module beside each other. */
final class DependencyRules {

  /** Methods of each object, which an interface cannot declare anew or which mean another thing. */
  private static final Set<String> METHODS_OF_OBJECT =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private final Elements elements;
  private final Placement placement;
  private final RequirementReader reader;

  DependencyRules(Elements elements, Placement placement, RequirementReader reader) {
    this.elements = elements;
    this.placement = placement;
    this.reader = reader;
  }

  /** Judges the parameters of the constructor that is going to be called. */
  Optional<Finding> check(MigrationDeclaration declaration, ExecutableElement constructor) {
    Optional<List<Requirement>> requirements = reader.read(declaration, constructor);
    if (requirements.isEmpty()) {
      return Optional.of(
          Finding.about(declaration, Problems.parameterNamesUnknown(declaration.className())));
    }
    for (Requirement requirement : requirements.get()) {
      Optional<String> message = problem(requirement);
      if (message.isPresent()) {
        return Optional.of(Finding.at(requirement.place(), declaration, message.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns what these migrations ask for and can be given, whatever else is wrong with them: code
   * that gives it has no errors of its own.
   */
  List<Requirement> givable(List<MigrationDeclaration> declarations) {
    return declarations.stream()
        .flatMap(declaration -> reader.read(declaration).stream())
        .filter(requirement -> !MentionedTypes.in(requirement.type()).areVariable())
        .filter(requirement -> problem(requirement).isEmpty())
        .toList();
  }

  private Optional<String> problem(Requirement requirement) {
    return nameProblem(requirement).or(() -> typeProblem(requirement));
  }

  private static Optional<String> nameProblem(Requirement requirement) {
    String type = requirement.declaration().className();
    if (METHODS_OF_OBJECT.contains(requirement.name())) {
      return Optional.of(Problems.parameterNamedLikeMethodOfObject(type, requirement.name()));
    }
    return SourceVersion.isName(requirement.name())
        ? Optional.empty()
        : Optional.of(Problems.parameterNameNotJava(type, requirement.name()));
  }

  private Optional<String> typeProblem(Requirement requirement) {
    MigrationDeclaration declaration = requirement.declaration();
    String target = placement.targetOf(declaration.packageName());
    for (TypeElement mentioned : MentionedTypes.in(requirement.type()).elements()) {
      boolean samePackage =
          elements.getPackageOf(mentioned).getQualifiedName().contentEquals(target);
      if (!ConstructorChoice.isAccessible(mentioned, samePackage)) {
        return Optional.of(
            Problems.parameterTypeInaccessible(
                declaration.className(),
                requirement.name(),
                mentioned,
                ClassNames.migrationsIn(target),
                samePackage));
      }
    }
    return Optional.empty();
  }

  /** Finds names that stand for several types: a conflict, reported on each party. */
  List<Finding> conflicts(List<MigrationDeclaration> module) {
    SortedMap<String, List<Requirement>> byName = new TreeMap<>();
    for (Requirement requirement : givable(module)) {
      byName.computeIfAbsent(requirement.name(), n -> new ArrayList<>()).add(requirement);
    }
    List<Finding> findings = new ArrayList<>();
    for (List<Requirement> parties : byName.values()) {
      List<TypeName> types = parties.stream().map(Requirement::typeName).distinct().toList();
      if (types.size() > 1) {
        String message = Problems.parameterOfSeveralTypes(parties);
        parties.forEach(p -> findings.add(Finding.at(p.place(), p.declaration(), message)));
      }
    }
    return findings;
  }
}
