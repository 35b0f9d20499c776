package dev.kysera.migrations.processor;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject.Kind;

/**
 * Top level classes in a file that is not named after them. The JDK's compiler warns of their use
 * in another file, such as {@code Migrations}.
 */
final class AuxiliaryClasses {

  private AuxiliaryClasses() {}

  /** Returns false where the compiler is another one: it has neither the trees nor the warning. */
  static boolean contain(TypeElement topLevel, ProcessingEnvironment environment) {
    try {
      TreePath path = Trees.instance(environment).getPath(topLevel);
      return path != null
          && !path.getCompilationUnit()
              .getSourceFile()
              .isNameCompatible(topLevel.getSimpleName().toString(), Kind.SOURCE);
    } catch (IllegalArgumentException | LinkageError e) {
      return false;
    }
  }
}
