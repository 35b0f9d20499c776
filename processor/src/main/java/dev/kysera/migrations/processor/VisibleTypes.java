package dev.kysera.migrations.processor;

import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The types that one module sees. To look a name up in one module costs little; without naming one,
 * the compiler tries them all.
 *
 * @param module the module, null where the compiler knows of none
 */
record VisibleTypes(Elements elements, @Nullable ModuleElement module) {

  /** Returns what the module of that element sees. */
  static VisibleTypes from(@Nullable Element element, Elements elements) {
    return new VisibleTypes(elements, element == null ? null : elements.getModuleOf(element));
  }

  @Nullable TypeElement find(String name) {
    return module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name);
  }
}
