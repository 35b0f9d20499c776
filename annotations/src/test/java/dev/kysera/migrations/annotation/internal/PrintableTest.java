package dev.kysera.migrations.annotation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void of_ordinaryText_isUnchanged() {
    String text = "Nutzer \u00e4ndern \"x\" \ud83d\ude80 \ud83d\udc69\u200d\ud83d\udcbb";

    assertThat(Printable.of(text)).isEqualTo(text);
  }

  @Test
  void of_controlCharacters_areEscaped() {
    assertThat(Printable.of("a\r\nb\u001b[31m\u0000\u0085"))
        .isEqualTo("a\\u000d\\u000ab\\u001b[31m\\u0000\\u0085");
  }

  @Test
  void of_charactersThatEndALineOrTurnTheDirection_areEscaped() {
    assertThat(Printable.of("\u2028\u2029\u202e\u2066\u200f\u061c"))
        .isEqualTo("\\u2028\\u2029\\u202e\\u2066\\u200f\\u061c");
  }

  @Test
  void of_loneSurrogate_isEscaped() {
    assertThat(Printable.of("a\ud800b")).isEqualTo("a\\ud800b");
  }

  @Test
  void quoted_longText_isCutBetweenCharacters() {
    assertThat(Printable.quoted("\ud83d\ude80".repeat(81)))
        .isEqualTo('"' + "\ud83d\ude80".repeat(80) + "...\"");
    assertThat(Printable.quoted("a".repeat(80))).isEqualTo('"' + "a".repeat(80) + '"');
  }
}
