package dev.kysera.migrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * The README and the page on practice: every Java block compiles, and what it prints is what the
 * program prints.
 */
class ReadmeTest {

  private static final String URL = "jdbc:h2:mem:readme;DB_CLOSE_DELAY=-1";
  private static final Path README = Path.of("..", "README.md");
  private static final Path PRACTICE = Path.of("..", "docs", "in-practice.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:^`([\\w/.]+)`\n\n)?^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final String IMPORTS =
      """
      package snippet;
      import dev.kysera.migrations.*;
      import dev.kysera.migrations.annotation.*;
      import java.time.Duration;
      import org.jdbi.v3.core.*;
      """;

  /** A Java block, with the file that the README names above it, or an empty name. */
  private record Block(String file, String code) {}

  private static String readme() throws Exception {
    return Files.readString(README) + Files.readString(PRACTICE);
  }

  private static List<Block> blocks() throws Exception {
    return blocks(readme());
  }

  private static List<Block> blocks(String page) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1) == null ? "" : matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  private static List<JavaFileObject> program() throws Exception {
    List<JavaFileObject> sources = new ArrayList<>();
    for (Block block : blocks()) {
      if (!block.file().isEmpty()) {
        String name = block.file().replace("src/main/java/", "").replace(".java", "");
        // In memory, so that a test leaves no file behind.
        String code = block.code().replace("jdbc:h2:./app", URL);
        sources.add(JavaFileObjects.forSourceString(name.replace('/', '.'), code));
      }
    }
    return sources;
  }

  @Test
  void fragments_ofTheReadme_compile() throws Exception {
    List<JavaFileObject> sources = new ArrayList<>();
    int number = 0;
    for (Block block : blocks()) {
      if (block.file().isEmpty()) {
        number++;
        boolean wholeClass = block.code().contains(" class ");
        if (block.code().startsWith("@MigrationModule")) {
          JavaFileObject module =
              JavaFileObjects.forSourceString("app.db.package-info", block.code());
          assertThat(Compilations.errors(Compilations.compile(module))).isEmpty();
          continue;
        }
        String name = wholeClass ? className(block.code()) : "Fragment" + number;
        String code =
            wholeClass
                ? IMPORTS + block.code()
                : IMPORTS + "class " + name + " { void run(Jdbi jdbi) {\n" + block.code() + "}}";
        sources.add(JavaFileObjects.forSourceString("snippet." + name, code));
      }
    }
    assertThat(sources).hasSizeGreaterThan(6);
    assertThat(Compilations.errors(Compilations.compile(sources.toArray(JavaFileObject[]::new))))
        .isEmpty();
  }

  @Test
  void fragments_ofThePageOnFailures_compile() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "when-something-goes-wrong.md"));
    List<JavaFileObject> sources = new ArrayList<>();
    for (Block block : blocks(page)) {
      String name = "OnFailures" + sources.size();
      String code =
          IMPORTS
              + "class Migrations { static MigrationRunner runner(Jdbi jdbi) { return null; } }\n"
              + "class "
              + name
              + " { void run(Jdbi jdbi) {\n"
              + block.code()
              + "}}";
      sources.add(JavaFileObjects.forSourceString("snippet." + name, code));
    }
    assertThat(sources).hasSize(1);
    assertThat(Compilations.errors(Compilations.compile(sources.toArray(JavaFileObject[]::new))))
        .isEmpty();
  }

  private static String className(String code) {
    Matcher matcher = Pattern.compile(" class (\\w+)").matcher(code);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void firstMigration_ofTheReadme_printsWhatItShows() throws Exception {
    Compilation compilation = Compilations.compile(program().toArray(JavaFileObject[]::new));
    assertThat(Compilations.errors(compilation)).isEmpty();
    LoadedMigrations main = new LoadedMigrations(compilation, "app.Main");

    for (String verb : List.of("up", "down", "status")) {
      assertThat(withoutTimes(readme())).contains(withoutTimes(main.print(verb)));
    }

    main.print("up");
    List<String> preview = new ArrayList<>();
    MigrationOptions dryRun = MigrationOptions.builder().dryRun(true).logger(preview::add).build();
    MigrationRegistry registry = new LoadedMigrations(compilation, "app.Migrations").registry();
    MigrationRunner.create(Jdbi.create(URL), registry, dryRun).down(2);
    assertThat(readme()).contains(String.join("\n", preview));
  }

  @Test
  void duplicateName_inTheReadme_isTheCompilersMessage() throws Exception {
    List<JavaFileObject> sources = new ArrayList<>();
    for (JavaFileObject source : program()) {
      String code = source.getCharContent(true).toString();
      sources.add(
          JavaFileObjects.forSourceString(
              source.getName().replaceFirst("^/", "").replace(".java", "").replace('/', '.'),
              code.replace("002_add_names", "001_create_users")));
    }
    List<String> errors =
        Compilations.errors(Compilations.compile(sources.toArray(JavaFileObject[]::new)));
    assertThat(errors).hasSize(2);
    for (String error : errors) {
      Matcher parts = Pattern.compile("(\\w+\\.java):(\\d+):(\\d+): (.*)").matcher(error);
      assertThat(parts.matches()).isTrue();
      assertThat(readme())
          .contains(
              "src/main/java/app/%s:[%s,%s] %s"
                  .formatted(parts.group(1), parts.group(2), parts.group(3), parts.group(4)));
    }
  }

  private static String withoutTimes(String text) {
    return text.replaceAll(" \\(\\d+ ms\\)", "");
  }
}
