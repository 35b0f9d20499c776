package dev.kysera.migrations.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Elements.Origin;
import javax.lang.model.util.Types;

/** Reads what migrations ask for, and judges nothing. */
final class RequirementReader {

  private final Elements elements;
  private final Types types;
  private final Placement placement;
  private final ParameterNames names;
  private final FormerRegistries formers;

  /** Several rules ask the same about each class. */
  private final Map<String, ConstructorChoice> choices = new HashMap<>();

  private final Map<String, List<Requirement>> known = new HashMap<>();

  RequirementReader(
      ProcessingEnvironment environment, Placement placement, FormerRegistries formers) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.placement = placement;
    this.formers = formers;
    this.names = new ParameterNames(environment);
  }

  boolean isInPackageOfMigrations(MigrationDeclaration declaration) {
    return placement.isInPackageOfItsTarget(declaration);
  }

  ConstructorChoice constructors(MigrationDeclaration declaration) {
    return choices.computeIfAbsent(
        declaration.className(), name -> ConstructorChoice.of(declaration.type(), types));
  }

  /** Returns the parameters in their order, empty if their names are not known. */
  Optional<List<Requirement>> read(
      MigrationDeclaration declaration, ExecutableElement constructor) {
    return names
        .of(declaration.type(), constructor)
        .or(() -> formerNames(declaration, constructor))
        .map(
            known -> {
              List<Requirement> requirements = new ArrayList<>();
              for (int i = 0; i < known.size(); i++) {
                Element parameter = constructor.getParameters().get(i);
                requirements.add(
                    new Requirement(
                        declaration,
                        isWritten(constructor) ? parameter : component(declaration, i),
                        known.get(i),
                        parameter.asType()));
              }
              return requirements;
            });
  }

  /** A class file need not hold the names, but the class that creates it has said them. */
  private Optional<List<String>> formerNames(
      MigrationDeclaration declaration, ExecutableElement constructor) {
    return formers
        .of(declaration)
        .parametersOf(declaration.name())
        .filter(known -> known.size() == constructor.getParameters().size());
  }

  /** The constructor of a record is not written, but the field of each component has a place. */
  private static Element component(MigrationDeclaration declaration, int position) {
    TypeElement type = declaration.type();
    Name name = type.getRecordComponents().get(position).getSimpleName();
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(field -> field.getSimpleName().equals(name))
        .findFirst()
        .map(Element.class::cast)
        .orElse(type);
  }

  /** Returns what that migration asks for, as far as it can be read. */
  List<Requirement> read(MigrationDeclaration declaration) {
    return known.computeIfAbsent(
        declaration.className(),
        name ->
            constructors(declaration)
                .chosen()
                .flatMap(constructor -> read(declaration, constructor))
                .orElse(List.of()));
  }

  /** Returns whether the constructor is there in the source, and not only by the language. */
  boolean isWritten(ExecutableElement constructor) {
    return elements.getOrigin(constructor) == Origin.EXPLICIT;
  }
}
