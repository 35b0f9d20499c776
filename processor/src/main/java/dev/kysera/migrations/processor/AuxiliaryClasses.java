package dev.kysera.migrations.processor;

import com.sun.source.util.TreePath;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject.Kind;

/**
 * Top level classes in a file that is not named after them. The JDK's compiler warns of their use
 * in another file, such as {@code Migrations}. Another one has no such warning.
 */
final class AuxiliaryClasses {

  private final SourceFiles sources;

  AuxiliaryClasses(ProcessingEnvironment environment) {
    this.sources = SourceFiles.of(environment);
  }

  boolean contain(TypeElement topLevel) {
    TreePath path = sources.find(topLevel);
    return path != null
        && !path.getCompilationUnit()
            .getSourceFile()
            .isNameCompatible(topLevel.getSimpleName().toString(), Kind.SOURCE);
  }
}
