package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The defaults, and what each setter refuses. */
class MigrationOptionsTest {

  @Test
  void the_defaults_are_those_of_the_documentation() {
    MigrationOptions options = MigrationOptions.defaults();
    assertThat(options.dryRun()).isFalse();
    assertThat(options.logger()).isEmpty();
    assertThat(options.listeners()).isEmpty();
    assertThat(options.schema()).isEmpty();
    assertThat(options.tableName()).isEqualTo("migrations");
    assertThat(options.transactions()).isEqualTo(TransactionMode.PER_MIGRATION);
    assertThat(options.outOfOrder()).isFalse();
    assertThat(options.irreversible()).isEqualTo(IrreversiblePolicy.SKIP);
    assertThat(options.lockTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.ddlLockTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.statementTimeout()).isEmpty();
  }

  @Test
  void toBuilder_keeps_everything_and_changes_nothing_in_the_original() {
    MigrationOptions options =
        MigrationOptions.builder()
            .dryRun(true)
            .logger(line -> {})
            .listener(new MigrationListener() {})
            .schema("app")
            .tableName("history")
            .transactions(TransactionMode.PER_RUN)
            .outOfOrder(true)
            .irreversible(IrreversiblePolicy.REFUSE)
            .lockTimeout(Duration.ZERO)
            .ddlLockTimeout(Duration.ZERO)
            .statementTimeout(Duration.ofSeconds(1))
            .build();

    assertThat(options.toBuilder().build()).usingRecursiveComparison().isEqualTo(options);
    assertThat(options.toBuilder().dryRun(false).build().dryRun()).isFalse();
    assertThat(options.dryRun()).isTrue();
  }

  @Test
  void names_must_be_identifiers() {
    for (String name : new String[] {"", "  ", "a\0b"}) {
      assertThatThrownBy(() -> MigrationOptions.builder().tableName(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "tableName must be an identifier, not blank and without a NUL character; found \"");
      assertThatThrownBy(() -> MigrationOptions.builder().schema(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("schema must be an identifier");
    }
    assertThatThrownBy(() -> MigrationOptions.builder().tableName(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("tableName");
  }

  @Test
  void timeouts_must_make_sense() {
    Duration negative = Duration.ofSeconds(-1);
    assertThatThrownBy(() -> MigrationOptions.builder().lockTimeout(negative))
        .hasMessage("lockTimeout must not be negative; found PT-1S.");
    assertThatThrownBy(() -> MigrationOptions.builder().ddlLockTimeout(negative))
        .hasMessage("ddlLockTimeout must not be negative; found PT-1S.");
    assertThatThrownBy(() -> MigrationOptions.builder().statementTimeout(Duration.ZERO))
        .hasMessage(
            "statementTimeout must be at least a second; found PT0S. Leave it out for no limit.");
  }
}
