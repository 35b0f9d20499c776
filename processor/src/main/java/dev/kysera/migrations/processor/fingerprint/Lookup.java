package dev.kysera.migrations.processor.fingerprint;

import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Finds a type by its qualified name, as the migrations see it. */
@FunctionalInterface
public interface Lookup {

  /**
   * Finds a type.
   *
   * @param qualifiedName its canonical name
   * @return the type, null if there is none of that name
   */
  @Nullable TypeElement find(String qualifiedName);
}
