package dev.kysera.migrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;

/** How compilers and build tools find the processor. */
class RegistrationTest {

  @Test
  void serviceLoader_findsTheProcessor() {
    assertThat(ServiceLoader.load(Processor.class))
        .hasAtLeastOneElementOfType(MigrationProcessor.class);
    assertThat(read("META-INF/services/javax.annotation.processing.Processor"))
        .isEqualTo(MigrationProcessor.class.getName() + "\n");
  }

  /** Gradle would hand over class files, and keep in its cache what lacks their fingerprints. */
  @Test
  void gradle_isNotToldThatPartOfTheSourcesWouldDo() {
    assertThat(Compilations.classPathOf(MigrationProcessor.class).toPath().resolve("META-INF"))
        .isDirectoryNotContaining("glob:**/gradle");
  }

  @Test
  void processor_supportsTheNewestLanguage() {
    assertThat(new MigrationProcessor().getSupportedSourceVersion())
        .isEqualTo(SourceVersion.latestSupported());
  }

  @Test
  void processor_isTheOnlyPublicClass() {
    assertThat(MigrationProcessor.class).isPublic().isFinal();
    assertThat(RegistryModel.class).isPackagePrivate();
  }

  private static String read(String resource) {
    ClassLoader loader = MigrationProcessor.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
