package dev.kysera.migrations.internal.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesOfDocsTest {

  @Test
  void the_page_has_every_tag() throws Exception {
    List<String> tags =
        Pattern.compile("(?m)^\\| `([A-Z]\\w+)` \\|")
            .matcher(Files.readString(Path.of("..", "docs", "rehearsals.md")))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(tags)
        .containsExactlyInAnyOrderElementsOf(Stream.of(Rule.values()).map(Rule::name).toList());
  }
}
