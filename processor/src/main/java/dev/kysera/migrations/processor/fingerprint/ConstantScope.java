package dev.kysera.migrations.processor.fingerprint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * What the names in a migration's source stand for, as far as they are constants of other classes:
 * those around it, those above it, imported ones and neighbours. It follows the scopes of the
 * language (Java Language Specification 6.4.1, 6.5), but for local variables: one that is named
 * like a constant is taken for it, which costs a difference only when that constant changes.
 */
final class ConstantScope {

  private final TypeElement migration;
  private final Imports imports;
  private final Types types;

  /** The constants of types and of what they inherit, looked up once for all migrations. */
  static final class Types {

    private final Lookup lookup;
    private final Map<String, Map<String, VariableElement>> fields = new HashMap<>();
    private final Map<String, @Nullable TypeElement> found = new HashMap<>();

    Types(Lookup lookup) {
      this.lookup = lookup;
    }

    @Nullable TypeElement find(String qualifiedName) {
      if (!found.containsKey(qualifiedName)) {
        found.put(qualifiedName, lookup.find(qualifiedName));
      }
      return found.get(qualifiedName);
    }

    /** Returns the fields of a type by name; its own hide those that it inherits. */
    Map<String, VariableElement> fieldsOf(TypeElement type) {
      String name = type.getQualifiedName().toString();
      Map<String, VariableElement> known = fields.get(name);
      if (known != null) {
        return known;
      }
      Map<String, VariableElement> all = new HashMap<>();
      fields.put(name, all); // before the supertypes, which may be a circle in broken sources
      inheritedBy(type).forEach(all::putIfAbsent);
      ElementFilter.fieldsIn(type.getEnclosedElements())
          .forEach(field -> all.put(field.getSimpleName().toString(), field));
      return all;
    }

    Map<String, VariableElement> inheritedBy(TypeElement type) {
      Map<String, VariableElement> inherited = new HashMap<>();
      for (TypeElement above : Supertypes.of(type)) {
        fieldsOf(above).forEach(inherited::putIfAbsent);
      }
      return inherited;
    }
  }

  ConstantScope(TypeElement migration, Imports imports, Types types) {
    this.migration = migration;
    this.imports = imports;
    this.types = types;
  }

  /** Returns the values of the constants that a piece of source names, by the names in it. */
  SortedMap<String, String> constantsIn(List<Token> tokens) {
    SortedMap<String, String> constants = new TreeMap<>();
    for (List<String> reference : References.in(tokens)) {
      VariableElement field =
          reference.size() == 1 ? member(reference.get(0)) : qualified(reference);
      Object value = field == null ? null : field.getConstantValue();
      if (value != null) {
        constants.put(String.join(".", reference), value.getClass().getSimpleName() + " " + value);
      }
    }
    return constants;
  }

  /** A field of the migration itself needs no look-up: what it is made of stands in the source. */
  private @Nullable VariableElement member(String name) {
    for (VariableElement own : ElementFilter.fieldsIn(migration.getEnclosedElements())) {
      if (own.getSimpleName().contentEquals(name)) {
        return null;
      }
    }
    VariableElement inherited = types.inheritedBy(migration).get(name);
    if (inherited != null) {
      return inherited;
    }
    for (Element around = migration.getEnclosingElement();
        around instanceof TypeElement type;
        around = around.getEnclosingElement()) {
      VariableElement field = types.fieldsOf(type).get(name);
      if (field != null) {
        return field;
      }
    }
    return imported(name);
  }

  private @Nullable VariableElement imported(String name) {
    for (String holder : imports.members().getOrDefault(name, List.of())) {
      VariableElement field = fieldOf(types.find(holder), name);
      if (field != null) {
        return field;
      }
    }
    for (String holder : imports.holders()) {
      VariableElement field = fieldOf(types.find(holder), name);
      if (field != null) {
        return field;
      }
    }
    return null;
  }

  private @Nullable VariableElement fieldOf(@Nullable TypeElement type, String name) {
    return type == null ? null : types.fieldsOf(type).get(name);
  }

  /** Goes along the parts: packages, types, one field; what is behind the field is its member. */
  private @Nullable VariableElement qualified(List<String> parts) {
    VariableElement first = member(parts.get(0));
    if (first != null) {
      return first;
    }
    int next = 1;
    TypeElement type = type(parts.get(0));
    for (String name = parts.get(0); type == null && next < parts.size() - 1; next++) {
      name = name + "." + parts.get(next);
      type = types.find(name);
    }
    while (type != null && next < parts.size()) {
      VariableElement field = types.fieldsOf(type).get(parts.get(next));
      if (field != null) {
        return field;
      }
      type = types.find(type.getQualifiedName() + "." + parts.get(next));
      next++;
    }
    return null;
  }

  private @Nullable TypeElement type(String simpleName) {
    Element around = migration;
    while (around instanceof TypeElement type) {
      if (type.getSimpleName().contentEquals(simpleName)) {
        return type;
      }
      TypeElement nested = types.find(type.getQualifiedName() + "." + simpleName);
      if (nested != null) {
        return nested;
      }
      around = around.getEnclosingElement();
    }
    String imported = imports.types().get(simpleName);
    if (imported != null) {
      return types.find(imported);
    }
    String packageName =
        around instanceof PackageElement element ? element.getQualifiedName().toString() : "";
    TypeElement neighbour =
        types.find(packageName.isEmpty() ? simpleName : packageName + "." + simpleName);
    if (neighbour != null) {
      return neighbour;
    }
    for (String name : imports.packages()) {
      TypeElement found = types.find(name + "." + simpleName);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
