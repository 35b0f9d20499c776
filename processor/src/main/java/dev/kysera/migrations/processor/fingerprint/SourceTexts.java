package dev.kysera.migrations.processor.fingerprint;

import java.io.IOException;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the files that declare classes. Compilers give them in different ways, and some give
 * none at all, which is no fault: then nobody knows what the source says.
 */
final class SourceTexts {

  private final ProcessingEnvironment environment;

  /** Null where the compiler has none, or somebody has wrapped the environment. */
  private final @Nullable TreeTexts trees;

  SourceTexts(ProcessingEnvironment environment) {
    this.environment = environment;
    this.trees = treesOf(environment);
  }

  private static @Nullable TreeTexts treesOf(ProcessingEnvironment environment) {
    try {
      return new TreeTexts(environment);
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }

  Optional<CharSequence> textOf(TypeElement topLevel) {
    try {
      if (trees != null) {
        return trees.textOf(topLevel);
      }
      Optional<JavaFileObject> file = fileOf(topLevel);
      return file.isPresent()
          ? textOf(file.get())
          : Optional.of(
              environment
                  .getFiler()
                  .getResource(
                      StandardLocation.SOURCE_PATH,
                      environment.getElementUtils().getPackageOf(topLevel).getQualifiedName(),
                      topLevel.getSimpleName() + ".java")
                  .getCharContent(true));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // each compiler refuses in its own way
    }
  }

  private static Optional<CharSequence> textOf(JavaFileObject file) throws IOException {
    return file.getKind() == Kind.SOURCE
        ? Optional.of(file.getCharContent(true))
        : Optional.empty();
  }

  boolean isClassFile(TypeElement topLevel) {
    return trees == null
        ? fileOf(topLevel).map(file -> file.getKind() == Kind.CLASS).orElse(false)
        : trees.hasNone(topLevel);
  }

  /** Asks {@code Elements.getFileObjectOf}, which is there from Java 18 on. */
  private Optional<JavaFileObject> fileOf(TypeElement topLevel) {
    try {
      Object file =
          Elements.class
              .getMethod("getFileObjectOf", Element.class)
              .invoke(environment.getElementUtils(), topLevel);
      return file instanceof JavaFileObject found ? Optional.of(found) : Optional.empty();
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}
