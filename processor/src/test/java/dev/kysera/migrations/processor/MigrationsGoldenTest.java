package dev.kysera.migrations.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.contentOf;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.resource;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.Arrays;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationsGoldenTest {

  @ParameterizedTest
  @CsvSource({
    "basic, app.db.Migrations, CreateUsers.java AddEmailIndex.java",
    "metadata, app.db.Migrations, Metadata.java",
    "empty, app.Migrations, package-info.java"
  })
  void processor_validSources_generateTheExpectedOne(
      String directory, String className, String files) {
    Compilation compilation =
        compile(
            Arrays.stream(files.split(" "))
                .map(file -> resource("good/" + directory + "/" + file))
                .toArray(JavaFileObject[]::new));

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(compilation)
        .generatedSourceFile(className)
        .hasSourceEquivalentTo(resource("expected/" + directory + "/Migrations.java"));
  }

  @Test
  void processor_validSources_generateExactlyThisText() {
    Compilation compilation =
        compile(resource("good/basic/CreateUsers.java"), resource("good/basic/AddEmailIndex.java"));

    assertThat(generated(compilation, "app.db.Migrations"))
        .isEqualTo(contentOf(resource("expected/basic/Migrations.java")))
        .doesNotContain("\r", "\t");
  }

  @Test
  void processor_definitionWithMuchToSay_takesALineForEach() {
    Compilation compilation = compile(resource("good/metadata/Metadata.java"));

    assertThat(generated(compilation, "app.db.Migrations"))
        .isEqualTo(contentOf(resource("expected/metadata/Migrations.java")));
  }
}
