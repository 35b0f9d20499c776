package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.migration;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import org.junit.jupiter.api.Test;

class FormerNamesTest {

  @Test
  void formerly_namesThatNobodyElseHas_areInTheDefinition() {
    Compilation compilation =
        compile(
            migration("app.A", "value = \"001_a\", formerly = \"001_old\"", ""),
            migration("app.B", "value = \"002_b\", formerly = {\"2_b\", \"x \\\"y\\\"\"}", ""));

    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(generated(compilation, "app.Migrations"))
        .contains(".withFormerly(\"001_old\")", ".withFormerly(\"2_b\", \"x \\\"y\\\"\")");
  }

  @Test
  void formerly_ownName_isAnError() {
    assertThat(errors(compile(migration("app.A", "value = \"001_a\", formerly = \"001_a\"", ""))))
        .containsExactly(
            "A.java:3:40: [Formerly] @Migration formerly must be another name than the present one;"
                + " found \"001_a\". Remove it.");
  }

  @Test
  void formerly_blank_isAnError() {
    assertThat(errors(compile(migration("app.A", "value = \"001_a\", formerly = \" \"", ""))))
        .containsExactly(
            "A.java:3:40: [Formerly] @Migration formerly must be a name that the migration had;"
                + " found \" \". Remove it.");
  }

  @Test
  void formerly_nameOfAnotherMigration_isAnErrorOnTheClaimant() {
    assertThat(
            errors(
                compile(
                    migration("app.A", "value = \"001_a\", formerly = {\"x\", \"002_B\"}", ""),
                    migration("app.B", "002_b"))))
        .containsExactly(
            "A.java:3:40: [Formerly] @Migration formerly must be a name that no migration has now;"
                + " found \"002_B\", the name of app.B. Remove it here, or rename that one.");
  }

  @Test
  void formerly_onTwoMigrations_isAnErrorOnEach() {
    assertThat(
            errors(
                compile(
                    migration("app.A", "value = \"001_a\", formerly = \"000_x\"", ""),
                    migration("app.B", "value = \"002_b\", formerly = \"000_X\"", ""))))
        .containsExactly(
            "A.java:3:40: [Formerly] @Migration formerly must be on one migration only; found"
                + " \"000_x\" on app.A and app.B. Keep it on the one that was renamed.",
            "B.java:3:40: [Formerly] @Migration formerly must be on one migration only; found"
                + " \"000_X\" on app.A and app.B. Keep it on the one that was renamed.");
  }
}
