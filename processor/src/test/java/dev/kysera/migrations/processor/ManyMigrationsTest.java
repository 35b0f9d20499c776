package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.STRICT;
import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import dev.kysera.migrations.MigrationDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More migrations than one method or one class can hold. */
class ManyMigrationsTest {

  private static final int PER_FILE = 100;

  @ParameterizedTest
  @ValueSource(ints = {999, 1000, 1001, 3000, 10_000})
  void processor_manyMigrations_generatesWhatCompilesAndKeepsTheOrder(int size) throws Exception {
    Compilation compilation = compile(STRICT, sources(size));

    assertThat(errors(compilation)).isEmpty();
    LoadedMigrations migrations = new LoadedMigrations(compilation, "app.Migrations");
    List<MigrationDefinition> definitions = migrations.definitions();
    assertThat(definitions).hasSize(size);
    for (int position : new int[] {0, 1, 998, size / 2, size - 2, size - 1}) {
      assertThat(definitions.get(position))
          .isEqualTo(
              MigrationDefinition.of(name(position))
                  .withDescription(description(position))
                  .asBreaking()
                  .withEstimated(Duration.ofMillis(position + 1L))
                  .asNonTransactional()
                  .asRerunnable()
                  .asIrreversible());
      assertThat(migrations.create(position).getClass().getSimpleName()).isEqualTo("M" + position);
    }
    for (int position : new int[] {-1, size}) {
      assertThatThrownBy(() -> migrations.create(position))
          .hasRootCauseInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void processor_manyMigrations_besideClassesNamedLikePartsOfTheGeneratedOne() throws Exception {
    List<JavaFileObject> sources = sources(998);
    sources.add(migration("app.Definitions0", "99998_a"));
    sources.add(migration("app.Factory0", "99999_b"));
    sources.add(source("app.String", "package app;", "class String {}"));
    Compilation compilation = compile(STRICT, sources);

    assertThat(errors(compilation)).isEmpty();
    LoadedMigrations migrations = new LoadedMigrations(compilation, "app.Migrations");
    assertThat(migrations.create(998).getClass().getName()).isEqualTo("app.Definitions0");
    assertThat(migrations.create(999).getClass().getName()).isEqualTo("app.Factory0");
  }

  private static List<JavaFileObject> sources(int size) {
    List<JavaFileObject> sources = new ArrayList<>();
    for (int from = 0; from < size; from += PER_FILE) {
      List<String> lines = new ArrayList<>();
      String group = "Group" + from / PER_FILE;
      lines.add("package app;");
      lines.add("import dev.kysera.migrations.*; import dev.kysera.migrations.annotation.*;");
      lines.add("class %s {".formatted(group));
      for (int i = from; i < Math.min(from + PER_FILE, size); i++) {
        lines.add(
            ("@Migration(value = \"%s\", description = \"%s\", breaking = true,"
                    + " estimatedMillis = %d, transactional = false, rerunnable = true)")
                .formatted(name(i), description(i), i + 1));
        lines.add("static class M%d implements JdbiMigration {".formatted(i));
        lines.add("  @Override public void up(org.jdbi.v3.core.Handle handle) {}");
        lines.add("}");
      }
      lines.add("}");
      sources.add(source("app." + group, lines.toArray(String[]::new)));
    }
    return sources;
  }

  private static String name(int i) {
    return "%05d_".formatted(i) + "a_long_name_".repeat(20);
  }

  private static String description(int i) {
    return "A long description. ".repeat(25) + i;
  }
}
