package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Types and their members, own and inherited ones, looked up once for all migrations. */
final class Types {

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
      inheritableFrom(above).forEach(inherited::putIfAbsent);
    }
    return inherited;
  }

  Map<String, VariableElement> inheritableFrom(TypeElement type) {
    Map<String, VariableElement> inheritable = new HashMap<>(fieldsOf(type));
    inheritable.values().removeIf(field -> field.getModifiers().contains(Modifier.PRIVATE));
    return inheritable;
  }

  /** Returns a type that is declared in another one or in what that inherits from. */
  @Nullable TypeElement memberOf(TypeElement type, String simpleName) {
    List<TypeElement> known = new ArrayList<>(List.of(type));
    for (int i = 0; i < known.size(); i++) { // known grows while it is gone through
      TypeElement member = find(known.get(i).getQualifiedName() + "." + simpleName);
      if (member != null) {
        return member;
      }
      for (TypeElement above : Supertypes.of(known.get(i))) {
        if (!known.contains(above)) {
          known.add(above);
        }
      }
    }
    return null;
  }
}
