package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/command-line.md} shows is what happens, from its first line to its last. */
class CommandLinePageTest {

  private static final Path PAGE = Path.of("..", "..", "docs", "command-line.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static final String A = "1:" + "a".repeat(64);
  private static final String B = "1:" + "b".repeat(64);

  /** How the session begins whose second migration was edited. */
  private static final String AFTER_AN_EDIT = "$ app-db sum update\nThe code is not";

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add(
              "001_create_users",
              h -> h.execute("create table users (id int)"),
              h -> h.execute("drop table users"))
          .add(
              MigrationDefinition.of("002_add_names").withDescription("A name for every user"),
              new AddNames())
          .build()
          .withFingerprints("001_create_users " + A + " -", "002_add_names " + A + " -");

  private static final class AddNames implements JdbiMigration {
    @Override
    public void up(Handle handle) {
      handle.execute("alter table users add column name varchar(100)");
    }

    @Override
    public void down(Handle handle) {
      handle.execute("alter table users drop column name");
    }
  }

  @TempDir private Path folder;

  private static List<String> blocks(String language) throws IOException {
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  private void writeMigration(String className, String name) throws IOException {
    Path file = folder.resolve("src/main/java/app/" + className + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        package app;
        @dev.kysera.migrations.annotation.Migration("%s")
        class %s implements dev.kysera.migrations.JdbiMigration {
          @Override public void up(org.jdbi.v3.core.Handle handle) {}
        }
        """
            .formatted(name, className));
  }

  @Test
  void sessions_runAsShown() throws IOException {
    writeMigration("CreateUsers", "001_create_users");
    writeMigration("AddNames", "002_add_names");
    try (Session session = new Session(REGISTRY).in(folder)) {
      List<String> sessions = blocks("").stream().filter(block -> block.startsWith("$ ")).toList();
      StringBuilder actual = new StringBuilder();
      for (String block : sessions) {
        if (block.startsWith(AFTER_AN_EDIT)) {
          session.with(
              REGISTRY.withFingerprints(
                  "001_create_users " + A + " -", "002_add_names " + B + " -"));
        }
        actual.append(called(session, block));
      }
      assertThat(sessions).hasSize(7);
      assertThat(normal(actual.toString())).isEqualTo(normal(String.join("", sessions)));
    }
  }

  private static String called(Session session, String block) {
    StringBuilder actual = new StringBuilder();
    int status = 0;
    for (String line : block.lines().toList()) {
      if (line.equals("$ echo $?")) {
        actual.append(line).append('\n').append(status).append('\n');
      } else if (line.startsWith("$ ")) {
        assertThat(line).startsWith("$ app-db ");
        Session.Output output = session.call(arguments(line));
        status = output.status();
        actual.append(line).append('\n');
        actual.append(line.endsWith("2> /dev/null") ? "" : output.err()).append(output.out());
      }
    }
    return actual.toString();
  }

  private static String[] arguments(String line) {
    return ARGUMENT
        .matcher(line.substring("$ app-db ".length()).replace("2> /dev/null", ""))
        .results()
        .map((MatchResult found) -> found.group(1) == null ? found.group(2) : found.group(1))
        .toArray(String[]::new);
  }

  private String normal(String text) {
    return Session.withoutTimes(text)
        .replaceAll("\"durationMillis\":\\d+", "\"durationMillis\":0")
        .replaceAll("\"executedAt\":\"[^\"]+\"", "\"executedAt\":\"\"")
        .replace(folder.toString(), "/home/you/app");
  }

  @Test
  void programs_compile() throws IOException {
    writeMigration("CreateUsers", "001_create_users");
    writeMigration("AddNames", "002_add_names");
    int number = 0;
    for (String block : blocks("java")) {
      number++;
      Matcher wholeClass = Pattern.compile("final class (\\w+)").matcher(block);
      String name = wholeClass.find() ? wholeClass.group(1) : "Fragment" + number;
      Files.writeString(
          folder.resolve("src/main/java/app/" + name + ".java"),
          name.startsWith("Fragment")
              ? """
                package app;
                import dev.kysera.migrations.cli.MigrationsCli;
                import java.time.Duration;
                import org.jdbi.v3.core.Jdbi;
                class %s {
                  static final Duration ZERO = Duration.ZERO;
                  static Jdbi jdbi;
                  static void run(String[] args) {
                    %s
                  }
                }
                """
                  .formatted(name, block)
              : block);
    }

    assertThat(number).isEqualTo(4);
    assertThat(CompiledSources.under(folder).problems()).isEmpty();
  }

  @Test
  void whatCreateWrites_isWhatThePageShows() throws IOException {
    writeMigration("AddNames", "002_add_names");
    try (Session session = new Session(REGISTRY).in(folder).environment(Map.of())) {
      session.call("create", "add_emails");
    }
    assertThat(blocks("java"))
        .contains(Files.readString(folder.resolve("src/main/java/app/AddEmails.java")));
  }
}
