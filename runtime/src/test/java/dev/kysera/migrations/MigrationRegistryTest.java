package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Registries made by hand: the compiler's rules, and what is found out about a migration. */
class MigrationRegistryTest {

  static class OneWay implements JdbiMigration {
    @Override
    public void up(Handle handle) {}
  }

  static final class BothWays extends OneWay {
    @Override
    public void down(Handle handle) {}
  }

  @Test
  void it_is_sorted_by_number_and_knows_what_is_reversible() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("010_lambda", h -> {})
            .add("002_both_ways", new BothWays())
            .add("001_one_way", new OneWay())
            .add("003_two_lambdas", h -> {}, h -> {})
            .add(MigrationDefinition.of("004_described").withDescription("text"), new OneWay())
            .add("20240101120000_timestamp", h -> {})
            .build();

    assertThat(registry.size()).isEqualTo(6);
    assertThat(registry.definitions())
        .extracting(MigrationDefinition::name)
        .containsExactly(
            "001_one_way",
            "002_both_ways",
            "003_two_lambdas",
            "004_described",
            "010_lambda",
            "20240101120000_timestamp");
    assertThat(registry.definitions())
        .extracting(MigrationDefinition::reversible)
        .containsExactly(false, true, true, false, false, false);
    assertThat(registry.definitions().get(3).description()).isEqualTo("text");
  }

  @Test
  void it_keeps_what_a_definition_says_in_whatever_order() {
    MigrationDefinition definition =
        MigrationDefinition.of("001_a")
            .asRerunnable()
            .asIrreversible()
            .asNonTransactional()
            .withEstimated(Duration.ofMillis(5))
            .asBreaking()
            .withFormerly("001_old")
            .withDescription("text");

    assertThat(definition)
        .isEqualTo(
            new MigrationDefinition(
                "001_a",
                "text",
                true,
                Duration.ofMillis(5),
                false,
                true,
                false,
                List.of("001_old")));
    assertThat(MigrationRegistry.builder().add(definition, new OneWay()).build().definitions())
        .containsExactly(definition);
    assertThat(MigrationDefinition.of("001_a").rerunnable()).isFalse();
  }

  @Test
  void it_refuses_what_the_compiler_refuses_with_one_line_each() {
    MigrationRegistry.Builder builder =
        MigrationRegistry.builder()
            .add("CreateUsers", new OneWay())
            .add("001_a", new OneWay())
            .add("001_A", new BothWays())
            .add("2_b", h -> {})
            .add("002_c", h -> {});

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "[Name] @Migration name must be a number of 1 to 18 digits, an underscore, a letter or digit,"
                    + " and then letters, digits, \"_\" or \"-\"; found \"CreateUsers\". Write it like"
                    + " \"003_create_users\".",
                "[DuplicateName] @Migration name must be unique, upper and lower case being the"
                    + " same; found \"001_A\" (dev.kysera.migrations.MigrationRegistryTest$BothWays)"
                    + " and \"001_a\" (dev.kysera.migrations.MigrationRegistryTest$OneWay). Give the"
                    + " newer one the next free number, like \"004_a\".",
                duplicateNumber("005_b"),
                duplicateNumber("005_c")));
  }

  private static String duplicateNumber(String suggestion) {
    return "[DuplicateNumber] @Migration number must be unique, since it decides the order; found 2"
        + " in \"2_b\" (lambda at position 4) and \"002_c\" (lambda at position 5). Give the newer"
        + " one the next free number, like \""
        + suggestion
        + "\".";
  }

  @Test
  void it_refuses_null() {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    assertThatThrownBy(() -> builder.add((String) null, h -> {}))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("A migration needs a name; found null.");
    assertThatThrownBy(() -> builder.add("001_a", (JdbiMigration) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("The migration \"001_a\" is null.");
    assertThat(builder.build().size()).isZero();
  }

  @Test
  void generated_code_must_be_in_order() {
    assertThatThrownBy(
            () ->
                MigrationRegistry.of(
                    i -> new OneWay(),
                    MigrationDefinition.of("002_b"),
                    MigrationDefinition.of("001_a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Migration \"001_a\" is not in order or not well named. Use"
                + " MigrationRegistry.builder().");
  }

  @Test
  void a_former_name_must_tell_which_migration_is_meant() {
    MigrationRegistry.Builder builder =
        MigrationRegistry.builder()
            .add(MigrationDefinition.of("001_a").withFormerly("001_A", "000_a"), h -> {})
            .add(MigrationDefinition.of("002_b").withFormerly("003_C", "000_A"), h -> {})
            .add(MigrationDefinition.of("003_c").withFormerly("003_c", " "), h -> {});

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "Migration \"002_b\" is formerly \"003_C\", which is the name of migration"
                    + " \"003_c\" now. Take it from one of the two.",
                "Migrations \"001_a\" and \"002_b\" are both formerly \"000_A\". Take it from"
                    + " the one that never was.",
                "Migration \"003_c\" is formerly itself. Name the old name, or nothing.",
                "Migration \"003_c\" is formerly \" \", which is no name. Take it away."));
    assertThat(
            MigrationRegistry.builder()
                .add(MigrationDefinition.of("001_a").withFormerly("001_A", "000_a"), h -> {})
                .build()
                .definitions()
                .get(0)
                .formerly())
        .containsExactly("001_A", "000_a");
  }

  private static final MigrationRegistry THREE =
      MigrationRegistry.of(
          i -> new OneWay(),
          MigrationDefinition.of("001_a"),
          MigrationDefinition.of("002_b"),
          MigrationDefinition.of("003_c"));

  @Test
  void fingerprints_come_as_lines_in_any_number_of_texts() {
    MigrationRegistry registry =
        THREE.withFingerprints(
            "001_a 1:aa 1:ad\n", "003_c 1:ca,2:cb,3:cc -\n002_b - 1:bd,2:be clock,users\n");

    assertThat(registry.fingerprint("001_a")).contains("1:aa");
    assertThat(registry.downFingerprint("001_a")).contains("1:ad");
    assertThat(registry.fingerprint("002_b")).isEmpty();
    assertThat(registry.downFingerprint("002_b")).contains("2:be");
    assertThat(registry.fingerprint("003_c")).contains("3:cc");
    assertThat(registry.downFingerprint("003_c")).isEmpty();
    assertThat(registry.fingerprint("004_d")).isEmpty();
    assertThat(registry.definitions()).isEqualTo(THREE.definitions());

    MigrationRegistry partly = THREE.withFingerprints("003_c 1:cc 1:cd");
    assertThat(partly.fingerprint("001_a")).isEmpty();
    assertThat(partly.fingerprint("003_c")).contains("1:cc");
    assertThat(partly.downFingerprint("003_c")).contains("1:cd");
    assertThat(partly.withTableName("x").fingerprint("003_c")).contains("1:cc");
    assertThat(THREE.fingerprint("001_a")).isEmpty();
    assertThat(THREE.withFingerprints().fingerprint("001_a")).isEmpty();
  }

  @Test
  void malformed_lines_of_fingerprints_are_refused() {
    for (String line : List.of("001_a", "001_a 1:aa")) {
      assertThatThrownBy(() -> THREE.withFingerprints(line + "\n"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "A line of fingerprints needs a name and two fingerprints, with a space between;"
                  + " found \""
                  + line
                  + "\".");
    }
    assertThatThrownBy(() -> THREE.withFingerprints("004_d 1:aa -\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A line of fingerprints names no migration of this registry; found \"004_d\".");
  }

  @Test
  void a_registry_may_ask_for_a_table() {
    assertThat(THREE.tableName()).isEmpty();
    MigrationRegistry registry = THREE.withTableName("billing_migrations");
    assertThat(registry.tableName()).contains("billing_migrations");
    assertThat(registry.withFingerprints("001_a 1:aa -").tableName())
        .contains("billing_migrations");
    assertThatThrownBy(() -> THREE.withTableName(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "tableName must be an identifier, not blank and without a NUL character; found \" \".");
  }
}
