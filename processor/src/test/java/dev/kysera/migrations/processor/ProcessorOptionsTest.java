package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.migration;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorOptionsTest {

  private static final JavaFileObject REVERSIBLE =
      source(
          "app.B",
          "package app;",
          "@dev.kysera.migrations.annotation.Migration(\"002_b\")",
          "class B implements dev.kysera.migrations.JdbiMigration {",
          "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
          "  @Override public void down(org.jdbi.v3.core.Handle handle) {}",
          "}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Akysera.migrations.requireDown=true",
        "-Akysera.migrations.requireDown",
        "-Akysera.migrations.requireDown="
      })
  void requireDown_switchedOn_reportsTheMissingDown(String option) {
    assertThat(errors(compileWith(option)))
        .containsExactly(
            "A.java:4:8: [RequireDown] @Migration class app.A must override down(Handle), since"
                + " the option -Akysera.migrations.requireDown is on; found no \"down\"."
                + " Add the method, or switch the option off.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Akysera.migrations.requireDown=false", "-Xlint:all,-processing"})
  void requireDown_switchedOffOrNotGiven_reportsNothing(String option) {
    Compilation compilation = compileWith(option);

    assertThat(errors(compilation)).isEmpty();
    assertThat(compilation.warnings().stream().map(Compilations::print))
        .noneMatch(warning -> warning.contains("[Option]") || warning.contains("recognized"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "TRUE"})
  void requireDown_anotherValue_isOneError(String value) {
    assertThat(errors(compileWith("-Akysera.migrations.requireDown=" + value)))
        .containsExactly(
            "[Option] @Migration option -Akysera.migrations.requireDown must be \"true\" or"
                + " \"false\"; found \""
                + value
                + "\". Write -Akysera.migrations.requireDown=true.");
  }

  @Test
  void option_thatDoesNotExist_isWarnedOfByTheCompiler() {
    Compilation compilation = compileWith("-Akysera.migrations.requiredown=true");

    assertThat(errors(compilation)).isEmpty();
    assertThat(compilation.warnings().stream().map(Compilations::print))
        .containsExactly(
            "The following options were not recognized by any processor:"
                + " '[kysera.migrations.requiredown]'");
  }

  @Test
  void release_olderThanTheRuntime_isOneError() {
    Compilation compilation =
        compile(
            List.of("-source", "11", "-target", "11", "-Xlint:-options"),
            List.of(migration("app.A", "001_a"), REVERSIBLE));

    assertThat(errors(compilation))
        .containsExactly(
            "A.java:4:8: [Release] @Migration classes must be compiled for Java 17 or newer;"
                + " found \"11\". Write \"--release 17\".");
  }

  private static Compilation compileWith(String option) {
    return compile(
        List.of("-Xlint:-processing", option), List.of(migration("app.A", "001_a"), REVERSIBLE));
  }
}
