package dev.kysera.migrations.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandWordsTest {

  private static CommandWords words(String... words) {
    return CommandWords.of(List.of(words));
  }

  private static CommandWords expected(String file, String... arguments) {
    return new CommandWords(List.of(arguments), Optional.of(file));
  }

  private static CommandWords withoutFile(String... arguments) {
    return new CommandWords(List.of(arguments), Optional.empty());
  }

  @Test
  void the_file_is_the_last_word_if_it_looks_like_one() {
    assertThat(words("a/config.yml")).isEqualTo(expected("a/config.yml"));
    assertThat(words("2", "config.yaml")).isEqualTo(expected("config.yaml", "2"));
    assertThat(words("--json", "c.json")).isEqualTo(expected("c.json", "--json"));
    assertThat(words("--to=001_a", "c.conf")).isEqualTo(expected("c.conf", "--to=001_a"));
    assertThat(words("--to", "001_a", "c.yml")).isEqualTo(expected("c.yml", "--to", "001_a"));
    assertThat(words("001_a")).isEqualTo(withoutFile("001_a"));
    assertThat(words(".yml")).isEqualTo(withoutFile(".yml"));
    assertThat(words()).isEqualTo(withoutFile());
  }

  @Test
  void the_value_of_an_option_is_no_file() {
    assertThat(words("001_a", "--note", "as in c.yml"))
        .isEqualTo(withoutFile("001_a", "--note", "as in c.yml"));
    assertThat(words("001_a", "--note", "as in c.yml", "d.yml"))
        .isEqualTo(expected("d.yml", "001_a", "--note", "as in c.yml"));
  }

  @Test
  void the_option_takes_any_file_from_any_place() {
    assertThat(words("--config", "c", "2", "--yes")).isEqualTo(expected("c", "2", "--yes"));
    assertThat(words("2", "--config=c", "--yes")).isEqualTo(expected("c", "2", "--yes"));
    assertThat(words("--config", "c", "see.yml")).isEqualTo(expected("c", "see.yml"));
    assertThat(words("--config")).isEqualTo(withoutFile("--config"));
  }
}
