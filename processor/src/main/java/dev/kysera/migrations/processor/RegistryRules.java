package dev.kysera.migrations.processor;

import dev.kysera.migrations.annotation.GeneratedRegistry;
import dev.kysera.migrations.annotation.internal.NameRules;
import dev.kysera.migrations.annotation.internal.NameRules.NamedMigration;
import java.util.List;
import javax.lang.model.element.PackageElement;
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
    nameIsFree(declarations);
    namesAreInOrder(declarations);
    packagesHaveOneRegistry(declarations);
  }

  /** Names, numbers and widths. A migration with another fault still takes its name. */
  private void namesAreInOrder(List<MigrationDeclaration> declarations) {
    List<NamedMigration> named =
        declarations.stream().map(d -> new NamedMigration(d.name(), d.className())).toList();
    NameRules.check(named)
        .forEach(
            (position, message) -> {
              MigrationDeclaration declaration = declarations.get(position);
              report.add(Finding.atValue(declaration, declaration.nameValue(), message));
            });
  }

  private void packagesHaveOneRegistry(List<MigrationDeclaration> declarations) {
    if (placement.modules().size() > 1) {
      modulesConflict(declarations);
    } else if (placement.modules().size() == 1) {
      String module = placement.modules().first();
      for (MigrationDeclaration declaration : declarations) {
        if (!Placement.isAtOrBelow(declaration.packageName(), module)) {
          report.add(
              Finding.about(
                  declaration,
                  Problems.outsideModule(
                      declaration.className(),
                      declaration.packageName(),
                      module,
                      placement.commonParent())));
        }
      }
    } else if (placement.packages().size() > 1) {
      for (MigrationDeclaration declaration : declarations) {
        report.add(
            Finding.about(
                declaration,
                Problems.packages(
                    declaration.className(), placement.packages(), placement.commonParent())));
      }
    }
  }

  /** An annotated package that is a class file has no place, so its migrations are told. */
  private void modulesConflict(List<MigrationDeclaration> declarations) {
    for (String module : placement.modules()) {
      String message = Problems.twoModules(placement.modules());
      PackageElement element = elements.getPackageElement(module);
      if (sources.modules().contains(module)) {
        report.add(Finding.at(element, "package " + module, message));
      } else {
        declarations.stream()
            .filter(d -> placement.targetOf(d.packageName()).equals(module))
            .forEach(d -> report.add(Finding.about(d, message)));
      }
    }
  }

  private void nameIsFree(List<MigrationDeclaration> declarations) {
    placement
        .target()
        .map(this::existing)
        .filter(this::isTaken)
        .ifPresent(type -> report.add(taken(type, declarations)));
  }

  /** A class without a source has no place, so the first migration is told. */
  private Finding taken(TypeElement type, List<MigrationDeclaration> declarations) {
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
    return placement.targets().stream().filter(target -> !isTaken(existing(target))).toList();
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

  private @Nullable TypeElement existing(String target) {
    return VisibleTypes.from(elements.getPackageElement(target), elements)
        .find(ClassNames.migrationsIn(target));
  }
}
