package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Reads the fingerprints of migrations from their sources. For one round of the compiler. */
public final class FingerprintReader {

  /** Kotlin's compiler hands over stubs, whose methods are empty. */
  private static final String KOTLIN = "kotlin.Metadata";

  /** A file that was read, since several migrations may lie in one. */
  private record Read(String topLevel, Optional<SourceFile> file, Imports imports) {}

  private final Fingerprint algorithm = new Fingerprint();
  private final SourceTexts texts;
  private final Types types;
  private @Nullable Read last;

  /**
   * Prepares for reading.
   *
   * @param environment the compiler's
   * @param lookup finds the types that the migrations name
   */
  public FingerprintReader(ProcessingEnvironment environment, Lookup lookup) {
    this.texts = new SourceTexts(environment);
    this.types = new Types(lookup);
  }

  /**
   * Reads the fingerprints of a migration.
   *
   * @param migration the class
   * @return its fingerprints, without values where the source cannot be seen
   */
  public SourceFingerprints read(TypeElement migration) {
    List<String> names = new ArrayList<>();
    TypeElement topLevel = migration;
    for (Element around = migration;
        around instanceof TypeElement type;
        around = around.getEnclosingElement()) {
      names.add(0, type.getSimpleName().toString());
      topLevel = type;
    }
    if (isStub(topLevel)) {
      return SourceFingerprints.NONE;
    }
    Read read = fileOf(topLevel);
    return read.file()
        .flatMap(file -> file.find(names))
        .map(source -> fingerprints(source, new ConstantScope(migration, read.imports(), types)))
        .orElse(SourceFingerprints.NONE);
  }

  /**
   * Says whether the compiler has a class file of the migration and no source. False also where
   * that cannot be known.
   *
   * @param migration the class
   * @return true if it is known that the source is not being compiled
   */
  public boolean isClassFile(TypeElement migration) {
    Element topLevel = migration;
    while (topLevel.getEnclosingElement() instanceof TypeElement around) {
      topLevel = around;
    }
    return texts.isClassFile((TypeElement) topLevel);
  }

  private Read fileOf(TypeElement topLevel) {
    String name = topLevel.getQualifiedName().toString();
    Read read = last;
    if (read == null || !read.topLevel().equals(name)) {
      Optional<SourceFile> file =
          texts.textOf(topLevel).map(text -> SourceFile.of(text.toString()));
      read = new Read(name, file, Imports.of(file.map(SourceFile::tokens).orElse(List.of())));
      last = read;
    }
    return read;
  }

  private static boolean isStub(TypeElement topLevel) {
    for (AnnotationMirror annotation : topLevel.getAnnotationMirrors()) {
      TypeElement type = (TypeElement) annotation.getAnnotationType().asElement();
      if (type.getQualifiedName().contentEquals(KOTLIN)) {
        return true;
      }
    }
    return false;
  }

  private SourceFingerprints fingerprints(ClassSource source, ConstantScope scope) {
    ClassSource.Parts parts = source.parts();
    List<Token> up = new ArrayList<>(NamelessAnnotation.in(parts.modifiers()));
    up.addAll(parts.rest());
    return new SourceFingerprints(
        Optional.of(fingerprint(up, scope)),
        parts.down().isEmpty() ? Optional.empty() : Optional.of(fingerprint(parts.down(), scope)));
  }

  private String fingerprint(List<Token> tokens, ConstantScope scope) {
    return algorithm.of(CanonicalForm.of(tokens), scope.constantsIn(tokens));
  }
}
