package dev.kysera.migrations.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for users: every link leads somewhere, and every page is found from the README. */
class LinksTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern FENCED =
      Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
        Stream<Path> top = Files.list(ROOT)) {
      return Stream.concat(docs, top)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @Test
  void every_link_leads_to_a_file_and_a_heading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        if (link.contains("://")) {
          continue;
        }
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target) || (parts.length == 2 && !anchors(target).contains(parts[1]))) {
          broken.add(page + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void every_page_is_linked_from_the_index() throws IOException {
    List<String> linked = links(ROOT.resolve("docs/README.md"));
    for (Path page : pages()) {
      if (page.getParent().endsWith("docs") && !page.endsWith("README.md")) {
        assertThat(linked).contains(page.getFileName().toString());
      }
    }
    assertThat(links(ROOT.resolve("README.md"))).contains("docs/README.md");
  }

  private static List<String> links(Path page) throws IOException {
    String text = FENCED.matcher(Files.readString(page)).replaceAll("");
    return LINK.matcher(text).results().map(link -> link.group(1)).toList();
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) throws IOException {
    List<String> anchors = new ArrayList<>();
    Matcher heading =
        Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
            .matcher(FENCED.matcher(Files.readString(page)).replaceAll(""));
    while (heading.find()) {
      anchors.add(
          heading
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
              .replace(' ', '-'));
    }
    return anchors;
  }
}
