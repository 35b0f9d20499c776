package dev.kysera.migrations.processor;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Top level classes in a file that is not named after them. The JDK's compiler warns of their use
 * in another file, such as {@code Migrations}.
 */
final class AuxiliaryClasses {

  /** Null where the compiler is another one: it has neither the trees nor the warning. */
  private final @Nullable Trees trees;

  AuxiliaryClasses(ProcessingEnvironment environment) {
    this.trees = treesOf(environment);
  }

  private static @Nullable Trees treesOf(ProcessingEnvironment environment) {
    try {
      return Trees.instance(environment);
    } catch (IllegalArgumentException | LinkageError e) {
      return null;
    }
  }

  boolean contain(TypeElement topLevel) {
    TreePath path = trees == null ? null : trees.getPath(topLevel);
    return path != null
        && !path.getCompilationUnit()
            .getSourceFile()
            .isNameCompatible(topLevel.getSimpleName().toString(), Kind.SOURCE);
  }
}
