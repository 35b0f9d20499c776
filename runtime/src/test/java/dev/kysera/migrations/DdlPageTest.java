package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about DDL: each of its snippets is in a test, and runs on the databases it is for. */
class DdlPageTest {

  private static final Path PAGE = Path.of("..", "docs", "ddl.md");
  private static final Path SOURCES = Path.of("src", "test", "java", "dev", "kysera", "migrations");

  @Test
  void every_snippet_of_the_page_is_in_a_test_that_runs_it() throws Exception {
    StringBuilder source = new StringBuilder();
    for (String test : List.of("DdlParsingTest", "DdlScriptTest", "DdlEffectTest")) {
      source.append(withoutSpaces(Files.readString(SOURCES.resolve(test + ".java"))));
    }
    List<String> snippets =
        Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1))
            .toList();

    assertThat(snippets).hasSizeGreaterThan(12);
    assertThat(snippets).allSatisfy(snippet -> assertThat(source).contains(withoutSpaces(snippet)));
  }

  /** The formatter breaks long lines here, where they are indented. */
  private static String withoutSpaces(String text) {
    return text.replaceAll("\\s", "");
  }
}
