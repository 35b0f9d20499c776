package dev.kysera.migrations.processor;

import dev.kysera.migrations.processor.fingerprint.FingerprintReader;
import dev.kysera.migrations.processor.fingerprint.SourceFingerprints;
import java.util.HashMap;
import java.util.Map;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.util.Elements;

/**
 * The fingerprints of declared migrations: from their sources, and where the compiler has a class
 * file only, from what the compilation that wrote that file has said.
 */
final class DeclaredFingerprints {

  private final ProcessingEnvironment environment;
  private final SourceNames sources;
  private final FormerRegistries formers;
  private final Map<String, SourceFingerprints> known = new HashMap<>();
  private final Map<String, FingerprintReader> readers = new HashMap<>();

  DeclaredFingerprints(
      ProcessingEnvironment environment, SourceNames sources, FormerRegistries formers) {
    this.environment = environment;
    this.sources = sources;
    this.formers = formers;
  }

  SourceFingerprints of(MigrationDeclaration declaration) {
    return known.computeIfAbsent(declaration.className(), name -> read(declaration));
  }

  private SourceFingerprints read(MigrationDeclaration declaration) {
    FingerprintReader reader =
        readers.computeIfAbsent(
            declaration.packageName(),
            name ->
                new FingerprintReader(
                    environment, VisibleTypes.from(declaration.type(), elements())::find));
    SourceFingerprints fingerprints = reader.read(declaration.type());
    return fingerprints.up().isEmpty() && isKnownFromBefore(declaration, reader)
        ? formers.of(declaration).fingerprintsOf(declaration.name())
        : fingerprints;
  }

  /** A source that is being compiled and cannot be seen may be another one than before. */
  private boolean isKnownFromBefore(MigrationDeclaration declaration, FingerprintReader reader) {
    return !sources.migrations().contains(declaration.className())
        || reader.isClassFile(declaration.type());
  }

  private Elements elements() {
    return environment.getElementUtils();
  }
}
