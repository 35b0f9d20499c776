package dev.kysera.migrations.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Follows every guide word for word, in an empty folder: each file is written, each command is run,
 * and what it prints is what the guide shows. {@code -Dkysera.guides.maven=true} runs the commands
 * by Maven itself; then the artifacts must be installed. {@code -Dkysera.guides.only=roll-out}
 * follows that one alone, behind the first.
 */
@Execution(ExecutionMode.CONCURRENT)
class GuidesTest {

  static final Path DOCS = Path.of("..", "..", "docs");
  private static final String FIRST = "first-migration.md";
  private static final Build BUILD =
      Boolean.getBoolean("kysera.guides.maven") ? new RealMaven() : new QuickBuild();

  private static final Pattern LINK = Pattern.compile("\\]\\(([\\w-]+\\.md)\\)");
  private static final String ONLY = System.getProperty("kysera.guides.only", "");

  @TempDir private static Path firstFolder;
  private static GuideProject first;

  @BeforeAll
  static void follow_the_first_guide() throws IOException {
    first = GuideProject.empty(firstFolder.toRealPath(), BUILD);
    first.follow(Guide.read(DOCS.resolve(FIRST)));
  }

  @AfterAll
  static void close() {
    first.close();
  }

  /** The guides are what the first table of the index has. */
  static Stream<Path> guides() throws IOException {
    String index = Files.readString(DOCS.resolve("README.md"));
    return LINK.matcher(index.substring(0, index.indexOf("to look things up")))
        .results()
        .map(link -> link.group(1))
        .filter(page -> !page.equals(FIRST) && page.endsWith(ONLY + ".md"))
        .map(DOCS::resolve);
  }

  @ParameterizedTest
  @MethodSource("guides")
  void every_guide_works_and_prints_what_it_shows(Path page, @TempDir Path folder)
      throws IOException {
    Guide guide = Guide.read(page);
    Path root = folder.toRealPath();
    try (GuideProject project =
        guide.builtOn().isPresent() ? first.copyTo(root) : GuideProject.empty(root, BUILD)) {
      project.follow(guide);
    }
  }

  @Test
  void guides_that_go_on_elsewhere_go_on_in_the_first() throws IOException {
    for (Path page : guides().toList()) {
      assertThat(Guide.read(page).builtOn())
          .as(page.toString())
          .isIn(Optional.empty(), Optional.of(DOCS.resolve(FIRST)));
    }
  }
}
