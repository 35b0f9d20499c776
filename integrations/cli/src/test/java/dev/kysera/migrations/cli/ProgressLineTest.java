package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {

  private static final String NAME = "012_fill_addresses_of_customers";

  @ParameterizedTest
  @CsvSource({
    "80, '012_fill_addresses_of_customers  1m05s of ~2m00s'",
    "50, '012_fill_addresses_of_customers  1m05s of ~2m00s'",
    "40, '012_fill_addresses_of…  1m05s of ~2m00s'",
    "27, '012_fill…  1m05s of ~2m00s'",
    "26, '012_fil…  1m05s of ~2m00s'",
    "25, '1m05s of ~2m00s'",
    "16, '1m05s of ~2m00s'",
    "15, ''",
    "1, ''"
  })
  void theLine_fitsTheTerminal(int columns, String expected) {
    assertThat(
            ProgressLine.text(
                NAME,
                ProgressLine.time(Duration.ofSeconds(65), Optional.of(Duration.ofMinutes(2))),
                columns))
        .isEqualTo(expected)
        .satisfies(line -> assertThat(line.length()).isLessThan(columns));
  }

  @Test
  void withoutEstimate_onlyTheTimeSoFarIsShown() {
    assertThat(ProgressLine.time(Duration.ofMillis(3900), Optional.empty())).isEqualTo("3s");
  }
}
