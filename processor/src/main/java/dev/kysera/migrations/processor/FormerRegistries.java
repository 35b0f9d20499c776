package dev.kysera.migrations.processor;

import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * What the last compilation has said about migrations that the compiler has as class files only.
 */
final class FormerRegistries {

  private final Elements elements;
  private final Placement placement;
  private final Map<String, CompiledRegistry> byTarget = new HashMap<>();

  FormerRegistries(Elements elements, Placement placement) {
    this.elements = elements;
    this.placement = placement;
  }

  /** Returns the registry that the one of that migration takes the place of. */
  CompiledRegistry of(MigrationDeclaration declaration) {
    return byTarget.computeIfAbsent(
        placement.targetOf(declaration.packageName()), target -> find(target, declaration));
  }

  private CompiledRegistry find(String target, MigrationDeclaration declaration) {
    TypeElement former =
        VisibleTypes.from(declaration.type(), elements).find(ClassNames.migrationsIn(target));
    return former == null ? CompiledRegistry.NONE : CompiledRegistry.of(former);
  }
}
