package dev.kysera.migrations.processor;

import static javax.lang.model.element.Modifier.ABSTRACT;
import static javax.lang.model.element.Modifier.STATIC;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The rules about one migration. Each is a line in the Javadoc of {@code @Migration}. */
final class DeclarationRules {

  private final Elements elements;
  private final Types types;
  private final JdbiMigrationType jdbiMigration;
  private final ProcessorOptions options;
  private final Placement placement;
  private final RequirementReader requirements;
  private final DependencyRules dependencies;
  private final List<Function<MigrationDeclaration, Optional<Finding>>> rules;

  DeclarationRules(
      ProcessingEnvironment environment,
      JdbiMigrationType jdbiMigration,
      ProcessorOptions options,
      Placement placement,
      RequirementReader requirements,
      DependencyRules dependencies) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.jdbiMigration = jdbiMigration;
    this.options = options;
    this.placement = placement;
    this.requirements = requirements;
    this.dependencies = dependencies;
    this.rules =
        List.of(
            this::isClass,
            this::isConcrete,
            this::isStatic,
            this::isNotGeneric,
            this::isAccessible,
            this::implementsInterface,
            this::hasConstructor,
            this::constructorIsNotGeneric,
            this::asksForWhatCanBeGiven,
            this::isEstimatedAtZeroOrMore,
            this::overridesDownIfRequired);
  }

  /** Returns the first rule that is broken: each takes for granted that those before it hold. */
  Optional<Finding> check(MigrationDeclaration declaration) {
    for (Function<MigrationDeclaration, Optional<Finding>> rule : rules) {
      Optional<Finding> finding = rule.apply(declaration);
      if (finding.isPresent()) {
        return finding;
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> isClass(MigrationDeclaration declaration) {
    ElementKind kind = declaration.type().getKind();
    return kind == ElementKind.CLASS || kind == ElementKind.RECORD
        ? Optional.empty()
        : about(declaration, Problems.notAClass(declaration.className(), kind));
  }

  private Optional<Finding> isConcrete(MigrationDeclaration declaration) {
    return declaration.type().getModifiers().contains(ABSTRACT)
        ? about(declaration, Problems.isAbstract(declaration.className()))
        : Optional.empty();
  }

  private Optional<Finding> isStatic(MigrationDeclaration declaration) {
    TypeElement type = declaration.type();
    return type.getNestingKind() == NestingKind.MEMBER && !type.getModifiers().contains(STATIC)
        ? about(
            declaration,
            Problems.inner(declaration.className(), declaration.typeAndEnclosing().get(1)))
        : Optional.empty();
  }

  private Optional<Finding> isNotGeneric(MigrationDeclaration declaration) {
    return declaration.type().getTypeParameters().isEmpty()
        ? Optional.empty()
        : about(
            declaration,
            Problems.generic(declaration.className(), declaration.type().getTypeParameters()));
  }

  private Optional<Finding> isAccessible(MigrationDeclaration declaration) {
    String target = target(declaration);
    for (TypeElement type : declaration.typeAndEnclosing()) {
      if (!ConstructorChoice.isAccessible(type, true)) {
        return about(
            declaration,
            Problems.inaccessible(declaration.className(), type, ClassNames.migrationsIn(target)));
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> implementsInterface(MigrationDeclaration declaration) {
    return jdbiMigration.isImplementedBy(declaration.type())
        ? Optional.empty()
        : about(
            declaration,
            Problems.noInterface(
                declaration.type(), jdbiMigration.methodsNamedLikeIts(declaration.type())));
  }

  private Optional<Finding> hasConstructor(MigrationDeclaration declaration) {
    ConstructorChoice constructors = requirements.constructors(declaration);
    Optional<ExecutableElement> chosen = constructors.chosen();
    if (chosen.isPresent()) {
      return throwsNothingChecked(chosen.get(), declaration);
    }
    String migrations = ClassNames.migrationsIn(target(declaration));
    if (constructors.accessible().isEmpty()) {
      ExecutableElement first = constructors.all().get(0);
      return Optional.of(
          Finding.at(
              place(first, declaration),
              declaration,
              Problems.constructorInaccessible(
                  declaration.type(), constructors.all(), migrations)));
    }
    return about(
        declaration,
        Problems.severalConstructors(declaration.type(), constructors.accessible(), migrations));
  }

  private Optional<Finding> throwsNothingChecked(
      ExecutableElement constructor, MigrationDeclaration declaration) {
    return constructor.getThrownTypes().stream()
        .filter(this::isChecked)
        .findFirst()
        .map(
            thrown ->
                Finding.at(
                    place(constructor, declaration),
                    declaration,
                    Problems.constructorThrows(declaration.className(), thrown)));
  }

  private Optional<Finding> constructorIsNotGeneric(MigrationDeclaration declaration) {
    return requirements
        .constructors(declaration)
        .chosen()
        .filter(constructor -> !constructor.getTypeParameters().isEmpty())
        .map(
            constructor ->
                Finding.at(
                    place(constructor, declaration),
                    declaration,
                    Problems.constructorGeneric(
                        declaration.className(), constructor.getTypeParameters())));
  }

  private Optional<Finding> asksForWhatCanBeGiven(MigrationDeclaration declaration) {
    return requirements
        .constructors(declaration)
        .chosen()
        .flatMap(constructor -> dependencies.check(declaration, constructor));
  }

  private Element place(ExecutableElement constructor, MigrationDeclaration declaration) {
    return requirements.isWritten(constructor) ? constructor : declaration.type();
  }

  private Optional<Finding> isEstimatedAtZeroOrMore(MigrationDeclaration declaration) {
    return declaration.estimatedMillis() >= 0
        ? Optional.empty()
        : Optional.of(
            Finding.atValue(
                declaration,
                declaration.estimateValue(),
                Problems.negativeEstimate(declaration.estimatedMillis())));
  }

  private Optional<Finding> overridesDownIfRequired(MigrationDeclaration declaration) {
    return !options.requireDown() || jdbiMigration.isDownOverriddenIn(declaration.type())
        ? Optional.empty()
        : about(declaration, Problems.downRequired(declaration.className()));
  }

  private boolean isChecked(TypeMirror thrown) {
    return !isSubtype(thrown, RuntimeException.class) && !isSubtype(thrown, Error.class);
  }

  private boolean isSubtype(TypeMirror thrown, Class<?> unchecked) {
    TypeElement type = elements.getTypeElement(unchecked.getCanonicalName());
    return type != null && types.isSubtype(thrown, type.asType());
  }

  private String target(MigrationDeclaration declaration) {
    return placement.targetOf(declaration.packageName());
  }

  private static Optional<Finding> about(MigrationDeclaration declaration, String message) {
    return Optional.of(Finding.about(declaration, message));
  }
}
