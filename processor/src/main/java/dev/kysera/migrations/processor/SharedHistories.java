package dev.kysera.migrations.processor;

import com.palantir.javapoet.ClassName;
import dev.kysera.migrations.annotation.GeneratedRegistry;
import dev.kysera.migrations.annotation.internal.NameRules.NamedMigration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Which modules share a history. In one compilation it is enough if one names the other; a module
 * of another compilation, such as one in an archive, has to be named.
 */
final class SharedHistories {

  private static final String MARKER = GeneratedRegistry.class.getCanonicalName();

  private final Elements elements;
  private final Placement placement;
  private final ModuleReader reader;
  private final DependencyRules dependencies;
  private final List<MigrationDeclaration> declarations;
  private final SortedMap<String, ModuleDeclaration> modules = new TreeMap<>();

  SharedHistories(
      Elements elements,
      Placement placement,
      ModuleReader reader,
      DependencyRules dependencies,
      List<MigrationDeclaration> declarations) {
    this.elements = elements;
    this.placement = placement;
    this.reader = reader;
    this.dependencies = dependencies;
    this.declarations = declarations;
    for (String name : placement.modules()) {
      reader
          .read(elements.getPackageElement(name))
          .ifPresent(module -> modules.put(module.migrations(), module));
    }
  }

  /** Returns the modules of this compilation, sorted. */
  List<ModuleDeclaration> modules() {
    return List.copyOf(modules.values());
  }

  /** Returns the module that is annotated on that package. */
  Optional<ModuleDeclaration> module(String packageName) {
    return Optional.ofNullable(modules.get(ClassNames.migrationsIn(packageName)));
  }

  /**
   * Returns every module that shares the history of that one, sorted: also those which its partners
   * share it with.
   */
  List<SharedHistory> sharedWith(ModuleDeclaration module) {
    SortedMap<String, SharedHistory> shared = new TreeMap<>();
    Deque<ModuleDeclaration> toAsk = new ArrayDeque<>(List.of(module));
    while (!toAsk.isEmpty()) {
      for (String name : partnersOf(toAsk.remove())) {
        Optional<SharedHistory> found = find(module, name);
        if (found.isPresent()
            && !name.equals(module.migrations())
            && shared.putIfAbsent(name, found.get()) == null) {
          declarationOf(found.get()).ifPresent(toAsk::add);
        }
      }
    }
    return List.copyOf(shared.values());
  }

  /** Returns whom that module names, and which of this compilation name it. */
  private Set<String> partnersOf(ModuleDeclaration module) {
    Set<String> names = new TreeSet<>();
    module.partners().forEach(partner -> names.add(partner.className()));
    names.remove(""); // one that the compiler does not tell
    for (ModuleDeclaration other : modules.values()) {
      if (other.partners().stream().anyMatch(p -> p.className().equals(module.migrations()))) {
        names.add(other.migrations());
      }
    }
    return names;
  }

  private Optional<ModuleDeclaration> declarationOf(SharedHistory history) {
    ModuleDeclaration own = modules.get(history.migrations().canonicalName());
    return own != null
        ? Optional.of(own)
        : reader.read(elements.getPackageElement(history.migrations().packageName()));
  }

  /** Returns the module whose {@code Migrations} has that name, as far as that module sees it. */
  Optional<SharedHistory> find(ModuleDeclaration user, String migrations) {
    ModuleDeclaration own = modules.get(migrations);
    if (own != null) {
      List<MigrationDeclaration> members = placement.membersOf(own.packageName(), declarations);
      return Optional.of(
          new SharedHistory(
              ClassName.get(own.packageName(), ClassNames.MIGRATIONS),
              own.tableName(),
              members.stream().map(d -> new NamedMigration(d.name(), d.className())).toList(),
              !dependencies.givable(members).isEmpty()));
    }
    TypeElement type = VisibleTypes.from(user.element(), elements).find(migrations);
    return type == null || DeclarationReader.annotation(type, MARKER).isEmpty()
        ? Optional.empty()
        : Optional.of(compiled(type));
  }

  private SharedHistory compiled(TypeElement type) {
    CompiledRegistry registry = CompiledRegistry.of(type);
    String bearer = type.getQualifiedName().toString();
    return new SharedHistory(
        ClassName.get(type),
        reader.read(elements.getPackageOf(type)).map(ModuleDeclaration::tableName).orElse(""),
        registry.names().stream().map(name -> new NamedMigration(name, bearer)).toList(),
        registry.hasDependencies());
  }
}
