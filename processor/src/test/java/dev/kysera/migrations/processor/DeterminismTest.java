package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.STRICT;
import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.module;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

class DeterminismTest {

  @Test
  void generatedSource_anyOrderOfInput_isTheSameByteForByte() {
    List<JavaFileObject> sources = new ArrayList<>();
    sources.add(module("app"));
    for (int i = 10; i < 40; i++) {
      sources.add(migration("app.p%d.Change%d".formatted(i % 5, i % 7 * 100 + i), i + "_x"));
    }
    Set<String> outputs = new HashSet<>();
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(sources, new Random(seed));
      outputs.add(generated(compile(STRICT, sources), "app.Migrations"));
    }

    assertThat(outputs).hasSize(1);
  }

  @Test
  void errors_anyOrderOfInput_comeInTheSameOrder() {
    List<JavaFileObject> sources = new ArrayList<>();
    for (int i = 10; i < 30; i++) {
      sources.add(migration("app.Change" + i, i % 3 == 0 ? "x" : i / 2 + "_x"));
    }
    Set<List<String>> outputs = new HashSet<>();
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(sources, new Random(seed));
      outputs.add(errors(compile(List.of(), sources)));
    }

    assertThat(outputs).hasSize(1).allMatch(errors -> errors.size() > 6);
  }
}
