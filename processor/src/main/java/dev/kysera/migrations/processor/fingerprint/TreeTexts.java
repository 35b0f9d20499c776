package dev.kysera.migrations.processor.fingerprint;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** The texts that the JDK's compiler has read. A class of its own, since others have no trees. */
final class TreeTexts {

  private final Trees trees;

  TreeTexts(ProcessingEnvironment environment) {
    this.trees = Trees.instance(environment);
  }

  Optional<CharSequence> textOf(TypeElement topLevel) throws IOException {
    TreePath path = trees.getPath(topLevel);
    return path == null
        ? Optional.empty()
        : Optional.of(path.getCompilationUnit().getSourceFile().getCharContent(true));
  }

  /** Says whether the class was read from a class file. */
  boolean hasNone(TypeElement topLevel) {
    return trees.getPath(topLevel) == null;
  }
}
