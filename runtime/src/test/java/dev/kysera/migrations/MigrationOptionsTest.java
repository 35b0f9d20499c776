package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
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
    assertThat(options.failOnChanged()).isFalse();
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
            .failOnChanged(true)
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

  @Test
  void a_table_name_that_was_set_goes_before_that_of_the_registry() {
    Optional<String> registry = Optional.of("of_registry");
    MigrationOptions unset = MigrationOptions.builder().dryRun(true).build();
    assertThat(unset.withTableNameUnlessSet(registry).tableName()).isEqualTo("of_registry");
    assertThat(unset.withTableNameUnlessSet(registry).dryRun()).isTrue();
    assertThat(unset.toBuilder().build().withTableNameUnlessSet(registry).tableName())
        .isEqualTo("of_registry");
    assertThat(unset.withTableNameUnlessSet(Optional.empty())).isSameAs(unset);

    MigrationOptions set = unset.toBuilder().tableName("migrations").build();
    assertThat(set.withTableNameUnlessSet(registry).tableName()).isEqualTo("migrations");
    assertThat(set.toBuilder().build().withTableNameUnlessSet(registry).tableName())
        .isEqualTo("migrations");
  }
}
