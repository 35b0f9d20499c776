package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.module;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package annotated with {@code @MigrationModule} of which only the class file is there. */
class CompiledModuleTest {

  @TempDir Path directory;
  private OutputDirectory output;

  @BeforeEach
  void compileModule() throws IOException {
    output = new OutputDirectory(directory);
    output.add(compile(module("app"), migration("app.db.A", "001_a")));
  }

  @Test
  void migrations_belowTheCompiledModule_areGeneratedThere() {
    Compilation compilation =
        output.compileAgainst(migration("app.a.B", "002_b"), migration("app.c.C", "003_c"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations")).contains("002_b", "003_c");
  }

  @Test
  void migrations_elsewhere_areNoneOfItsBusiness() {
    Compilation compilation = output.compileAgainst(migration("other.B", "002_b"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "other.Migrations")).contains("002_b");
  }

  @Test
  void secondModuleInTheSources_takesItsOwnMigrations() {
    Compilation compilation =
        output.compileAgainst(
            module("app.db"), migration("app.db.B", "002_b"), migration("app.C", "003_c"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.db.Migrations")).contains("002_b");
    assertThat(generated(compilation, "app.Migrations")).contains("003_c").doesNotContain("002_b");
  }
}
