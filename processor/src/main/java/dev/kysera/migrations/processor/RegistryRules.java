package dev.kysera.migrations.processor;

import static java.util.stream.Collectors.joining;

import dev.kysera.migrations.annotation.GeneratedRegistry;
import dev.kysera.migrations.annotation.internal.NameRules;
import dev.kysera.migrations.annotation.internal.NameRules.NamedMigration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** The rules about all migrations of a compilation as a set. */
final class RegistryRules {

  private static final String MARKER = GeneratedRegistry.class.getCanonicalName();

  private final Elements elements;
  private final SourceNames sources;
  private final Placement placement;
  private final ValidationReport report;

  RegistryRules(
      Elements elements, SourceNames sources, Placement placement, ValidationReport report) {
    this.elements = elements;
    this.sources = sources;
    this.placement = placement;
    this.report = report;
  }

  void check(List<MigrationDeclaration> declarations) {
    namesAreFree(declarations);
    if (placement.isUndecided()) {
      namesAreInOrder(declarations);
    } else {
      membersByTarget(declarations).forEach(this::namesAreInOrder);
    }
    eachHasItsPlace(declarations);
  }

  private Collection<List<MigrationDeclaration>> membersByTarget(
      List<MigrationDeclaration> declarations) {
    Map<String, List<MigrationDeclaration>> members = new TreeMap<>();
    for (MigrationDeclaration declaration : declarations) {
      members
          .computeIfAbsent(placement.targetOf(declaration.packageName()), t -> new ArrayList<>())
          .add(declaration);
    }
    return members.values();
  }

  /** Names, numbers and widths. A migration with another fault still takes its name. */
  private void namesAreInOrder(List<MigrationDeclaration> declarations) {
    List<NamedMigration> named =
        declarations.stream().map(d -> new NamedMigration(d.name(), d.className())).toList();
    NameRules.check(named)
        .forEach(
            (position, message) -> {
              MigrationDeclaration declaration = declarations.get(position);
              report.add(
                  Finding.atValue(
                      declaration,
                      declaration.nameValue(),
                      message + staleClasses(message, declarations)));
            });
  }

  /** A class that was renamed or moved may have left its old file behind. */
  private String staleClasses(String message, List<MigrationDeclaration> declarations) {
    return declarations.stream()
        .map(MigrationDeclaration::className)
        .filter(name -> !sources.migrations().contains(name) && mentions(message, name))
        .map(Problems::staleClass)
        .collect(joining());
  }

  private static boolean mentions(String message, String className) {
    return Pattern.compile("(?<![\\w.$])" + Pattern.quote(className) + "(?![\\w$]|\\.\\w)")
        .matcher(message)
        .find();
  }

  private void eachHasItsPlace(List<MigrationDeclaration> declarations) {
    for (MigrationDeclaration declaration : declarations) {
      String name = declaration.className();
      String packageName = declaration.packageName();
      if (placement.isUndecided()) {
        report.add(
            Finding.about(
                declaration,
                Problems.packages(name, placement.packages(), placement.commonParent())));
      } else if (!placement.modules().isEmpty() && placement.moduleOf(packageName).isEmpty()) {
        report.add(
            Finding.about(
                declaration, Problems.outsideModules(name, packageName, placement.modules())));
      }
    }
  }

  private void namesAreFree(List<MigrationDeclaration> declarations) {
    if (!placement.isUndecided()) {
      for (String target : placement.targets()) {
        taken(ClassNames.migrationsIn(target), placement.membersOf(target, declarations))
            .ifPresent(report::add);
      }
    }
  }

  /** Returns what is wrong if there is a class of that name, and it is not our earlier output. */
  Optional<Finding> taken(String className, List<MigrationDeclaration> declarations) {
    return Optional.ofNullable(existing(className))
        .filter(this::isTaken)
        .map(type -> takenBy(type, declarations));
  }

  /** A class without a source has no place, so the first migration is told. */
  private Finding takenBy(TypeElement type, List<MigrationDeclaration> declarations) {
    String name = type.getQualifiedName().toString();
    String message = isOurs(type) ? Problems.outputAmongSources(name) : Problems.nameTaken(name);
    boolean placeless = !sources.types().contains(name) && !declarations.isEmpty();
    return Finding.at(placeless ? declarations.get(0).type() : type, name, message);
  }

  private boolean isOurs(TypeElement type) {
    return DeclarationReader.annotation(type, MARKER).isPresent();
  }

  /** Returns the targets where {@code Migrations} can be written. */
  List<String> freeTargets() {
    return placement.targets().stream()
        .filter(target -> !isTaken(existing(ClassNames.migrationsIn(target))))
        .toList();
  }

  /**
   * Tells a class of the user's own from our earlier output, which may be on the class path: from
   * the last compilation, or main's when tests are compiled. Among the sources it is in the way
   * too.
   */
  private boolean isTaken(@Nullable TypeElement type) {
    return type != null
        && (sources.types().contains(type.getQualifiedName().toString()) || !isOurs(type));
  }

  private @Nullable TypeElement existing(String className) {
    String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
    return VisibleTypes.from(elements.getPackageElement(packageName), elements).find(className);
  }
}
