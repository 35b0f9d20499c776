package dev.kysera.migrations.processor;

import static javax.lang.model.element.Modifier.ABSTRACT;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
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
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Elements.Origin;
import javax.lang.model.util.Types;

/** The rules about one migration. Each is a line in the Javadoc of {@code @Migration}. */
final class DeclarationRules {

  private final Elements elements;
  private final Types types;
  private final JdbiMigrationType jdbiMigration;
  private final ProcessorOptions options;
  private final Placement placement;
  private final List<Function<MigrationDeclaration, Optional<Finding>>> rules;

  DeclarationRules(
      ProcessingEnvironment environment,
      JdbiMigrationType jdbiMigration,
      ProcessorOptions options,
      Placement placement) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.jdbiMigration = jdbiMigration;
    this.options = options;
    this.placement = placement;
    this.rules =
        List.of(
            this::isClass,
            this::isConcrete,
            this::isStatic,
            this::isNotGeneric,
            this::isAccessible,
            this::implementsInterface,
            this::hasConstructor,
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
    boolean samePackage = declaration.packageName().equals(target);
    for (TypeElement type : declaration.typeAndEnclosing()) {
      if (!isAccessible(type, samePackage)) {
        return about(
            declaration,
            Problems.inaccessible(
                declaration.className(), type, ClassNames.migrationsIn(target), samePackage));
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
    List<ExecutableElement> constructors =
        ElementFilter.constructorsIn(declaration.type().getEnclosedElements());
    return constructors.stream()
        .filter(constructor -> constructor.getParameters().isEmpty())
        .findFirst()
        .map(constructor -> isCallable(constructor, declaration))
        .orElseGet(
            () -> about(declaration, Problems.noConstructor(declaration.type(), constructors)));
  }

  private Optional<Finding> isCallable(
      ExecutableElement constructor, MigrationDeclaration declaration) {
    String target = target(declaration);
    boolean samePackage = declaration.packageName().equals(target);
    Element place =
        elements.getOrigin(constructor) == Origin.EXPLICIT ? constructor : declaration.type();
    if (!isAccessible(constructor, samePackage)) {
      return Optional.of(
          Finding.at(
              place,
              declaration,
              Problems.constructorInaccessible(
                  declaration.type(), constructor, ClassNames.migrationsIn(target), samePackage)));
    }
    return constructor.getThrownTypes().stream()
        .filter(this::isChecked)
        .findFirst()
        .map(
            thrown ->
                Finding.at(
                    place,
                    declaration,
                    Problems.constructorThrows(declaration.className(), thrown)));
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

  private static boolean isAccessible(Element element, boolean samePackage) {
    return samePackage
        ? !element.getModifiers().contains(PRIVATE)
        : element.getModifiers().contains(PUBLIC);
  }

  private static Optional<Finding> about(MigrationDeclaration declaration, String message) {
    return Optional.of(Finding.about(declaration, message));
  }
}
