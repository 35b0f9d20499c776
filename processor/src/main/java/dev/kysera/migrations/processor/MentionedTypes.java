package dev.kysera.migrations.processor;

import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** Every class that the written form of a type mentions, those around a nested one included. */
final class MentionedTypes {

  private final Set<TypeElement> elements = new LinkedHashSet<>();
  private boolean raw;
  private boolean variable;

  private MentionedTypes() {}

  static MentionedTypes in(TypeMirror type) {
    MentionedTypes mentioned = new MentionedTypes();
    mentioned.add(type);
    return mentioned;
  }

  Set<TypeElement> elements() {
    return elements;
  }

  /** Returns whether a generic class is mentioned without its arguments. */
  boolean areRaw() {
    return raw;
  }

  /** Returns whether a type variable is mentioned, which means nothing elsewhere. */
  boolean areVariable() {
    return variable;
  }

  private void add(@Nullable TypeMirror type) {
    if (type instanceof TypeVariable) {
      variable = true;
    } else if (type instanceof ArrayType array) {
      add(array.getComponentType());
    } else if (type instanceof WildcardType wildcard) {
      add(wildcard.getExtendsBound());
      add(wildcard.getSuperBound());
    } else if (type instanceof DeclaredType declared) {
      TypeElement element = (TypeElement) declared.asElement();
      raw |= declared.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty();
      for (Element around = element;
          around instanceof TypeElement mentioned;
          around = around.getEnclosingElement()) {
        elements.add(mentioned);
      }
      declared.getTypeArguments().forEach(this::add);
      add(declared.getEnclosingType());
    }
  }
}
