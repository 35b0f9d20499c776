package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * What the names in a migration's source stand for, as far as they are constants of other classes:
 * those around it, those above it and above the classes in it, imported ones and neighbours. It
 * follows the scopes of the language (Java Language Specification 6.4.1, 6.5), but for local
 * variables: one that is named like a constant is taken for it, which costs a difference only when
 * that constant changes.
 */
final class ConstantScope {

  private final TypeElement migration;
  private final Imports imports;
  private final Types types;

  ConstantScope(TypeElement migration, Imports imports, Types types) {
    this.migration = migration;
    this.imports = imports;
    this.types = types;
  }

  /** Returns the values of the constants that a piece of source names, by the names in it. */
  SortedMap<String, String> constantsIn(List<Token> tokens) {
    SortedMap<String, String> constants = new TreeMap<>();
    List<TypeElement> aboveInner = new ArrayList<>();
    for (List<String> name : References.supertypesIn(tokens)) {
      TypeElement above = type(name);
      if (above != null) {
        aboveInner.add(above);
      }
    }
    for (List<String> reference : References.in(tokens)) {
      VariableElement field = field(reference, aboveInner);
      Object value = field == null || isOwn(field) ? null : field.getConstantValue();
      if (value != null) {
        constants.put(String.join(".", reference), text(value));
      }
    }
    return constants;
  }

  /** In decimal digits, a number with a fraction is not the same on all JDKs. */
  private static String text(Object value) {
    String text =
        value instanceof Double number
            ? Double.toHexString(number)
            : value instanceof Float number ? Float.toHexString(number) : value.toString();
    return value.getClass().getSimpleName() + " " + text;
  }

  /** What a field of the migration or of a class in it is made of stands in the source. */
  private boolean isOwn(VariableElement field) {
    for (Element around = field; around != null; around = around.getEnclosingElement()) {
      if (around.equals(migration)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable VariableElement field(List<String> reference, List<TypeElement> aboveInner) {
    VariableElement first = member(reference.get(0), aboveInner);
    return first != null || reference.size() == 1 ? first : qualified(reference);
  }

  private @Nullable VariableElement member(String name, List<TypeElement> aboveInner) {
    VariableElement member = types.fieldsOf(migration).get(name);
    if (member != null) {
      return member;
    }
    for (TypeElement above : aboveInner) {
      VariableElement field = types.inheritableFrom(above).get(name);
      if (field != null) {
        return field;
      }
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
    for (String holder : imports.holdersOf(name)) {
      TypeElement type = types.find(holder);
      VariableElement field = type == null ? null : types.fieldsOf(type).get(name);
      if (field != null) {
        return field;
      }
    }
    return null;
  }

  /** Goes along the parts: packages, types, one field; what is behind the field is its member. */
  private @Nullable VariableElement qualified(List<String> parts) {
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
      type = types.memberOf(type, parts.get(next));
      next++;
    }
    return null;
  }

  private @Nullable TypeElement type(List<String> parts) {
    TypeElement type = type(parts.get(0));
    for (int next = 1; type != null && next < parts.size(); next++) {
      type = types.memberOf(type, parts.get(next));
    }
    return type != null ? type : types.find(String.join(".", parts));
  }

  private @Nullable TypeElement type(String simpleName) {
    Element around = migration;
    while (around instanceof TypeElement type) {
      if (type.getSimpleName().contentEquals(simpleName)) {
        return type;
      }
      TypeElement nested = types.memberOf(type, simpleName);
      if (nested != null) {
        return nested;
      }
      around = around.getEnclosingElement();
    }
    String imported = imports.types().get(simpleName);
    if (imported != null) {
      return types.find(imported);
    }
    TypeElement member =
        memberOf(imports.members().getOrDefault(simpleName, List.of()), simpleName);
    if (member != null) {
      return member;
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
    return memberOf(imports.holders(), simpleName);
  }

  private @Nullable TypeElement memberOf(List<String> holders, String simpleName) {
    for (String holder : holders) {
      TypeElement type = types.find(holder);
      TypeElement member = type == null ? null : types.memberOf(type, simpleName);
      if (member != null) {
        return member;
      }
    }
    return null;
  }
}
