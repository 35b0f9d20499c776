package dev.kysera.migrations.processor;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** The sources that the compiler has read, where it shows them. */
final class SourceFiles {

  /** Null where the compiler is another one, or another processor wraps it. */
  private final @Nullable Trees trees;

  private SourceFiles(@Nullable Trees trees) {
    this.trees = trees;
  }

  static SourceFiles of(ProcessingEnvironment environment) {
    try {
      return new SourceFiles(Trees.instance(environment));
    } catch (IllegalArgumentException | LinkageError e) {
      return new SourceFiles(null);
    }
  }

  /** Returns where the element is declared, null if it is a class file or nothing is known. */
  @Nullable TreePath find(Element element) {
    return trees == null ? null : trees.getPath(element);
  }

  boolean contain(Element element) {
    return find(element) != null;
  }
}
