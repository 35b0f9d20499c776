package dev.kysera.migrations.annotation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationNameTest {

  @Test
  void parse_wellFormedName_isTakenApart() {
    MigrationName name = MigrationName.parse("001_create_users").orElseThrow();

    assertThat(name).isEqualTo(new MigrationName("001_create_users", "001", 1));
    assertThat(name.slug()).isEqualTo("create_users");
    assertThat(name.isTimestamp()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1_a",
        "0_a",
        "001_A",
        "001_9",
        "001_a-b_c",
        "001_a_",
        "001_a-",
        "20260131093000_create_users",
        "999999999999999999_largest"
      })
  void parse_nameWithinTheRule_isAccepted(String text) {
    assertThat(MigrationName.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_",
        "1",
        "1_",
        "001__a",
        "001_-a",
        "001-a",
        "a_1",
        "001_a b",
        "001_a.b",
        "001_\u00e4",
        "\u0661_a",
        "001_a\n",
        " 001_a",
        "+1_a",
        "-1_a",
        "1000000000000000000_a"
      })
  void parse_nameOutsideTheRule_isRefused(String text) {
    assertThat(MigrationName.parse(text)).isEmpty();
  }

  @Test
  void parse_name_mayFillTheColumnAndNoMore() {
    String longest = "001_" + "a".repeat(251);

    assertThat(MigrationName.parse(longest)).isPresent();
    assertThat(MigrationName.parse(longest + "a")).isEmpty();
  }

  @Test
  void executionOrder_isByNumber() {
    List<String> sorted =
        List.of("20260131_c", "10_b", "009_a").stream()
            .map(text -> MigrationName.parse(text).orElseThrow())
            .sorted()
            .map(MigrationName::text)
            .toList();

    assertThat(sorted).containsExactly("009_a", "10_b", "20260131_c");
  }

  @Test
  void isTimestamp_needsEightDigitsAndNoLeadingZero() {
    assertThat(MigrationName.parse("20260131_a").orElseThrow().isTimestamp()).isTrue();
    assertThat(MigrationName.parse("2026013_a").orElseThrow().isTimestamp()).isFalse();
    assertThat(MigrationName.parse("00000001_a").orElseThrow().isTimestamp()).isFalse();
  }
}
