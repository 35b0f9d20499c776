package dev.kysera.migrations.examples.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrateTest {

  private static final String USAGE = "Usage: migrate up | down [STEPS] | status | reset | to NAME";

  private record Run(int exitCode, List<String> out, List<String> err) {

    static Run of(int exitCode, String out, String err) {
      return new Run(exitCode, lines(out), lines(err));
    }

    private static List<String> lines(String text) {
      return text.replaceAll(" \\(\\d+ ms\\)", "").lines().toList();
    }
  }

  @TempDir private Path folder;
  private String url;

  @BeforeEach
  void chooseDatabase() {
    url = "jdbc:h2:" + folder.resolve("blog");
  }

  @Test
  void up_runs_everything_that_is_pending() {
    Run run = migrate("up");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Running migrations...", "↑ Running 001_create_users...")
        .endsWith(
            "✓ 005_add_fulltext_search completed",
            "✅ All migrations completed successfully (5 completed)");
    assertThat(executed()).hasSize(5);
    assertThat(tables()).contains("USERS", "POSTS", "COMMENTS", "TAGS", "POST_TAGS");

    assertThat(migrate("up"))
        .isEqualTo(
            Run.of(
                0,
                """
                Running migrations...
                ✓ 5 migrations already executed
                ✅ No pending migrations
                """,
                ""));
  }

  @Test
  void to_stops_behind_the_named_migration() {
    assertThat(migrate("to", "002_create_posts"))
        .isEqualTo(
            Run.of(
                0,
                """
                Running migrations up to 002_create_posts...
                ↑ Running 001_create_users...
                  Description: Authors and readers
                ✓ 001_create_users completed
                ↑ Running 002_create_posts...
                ✓ 002_create_posts completed
                ✅ Migrated up to 002_create_posts
                """,
                ""));
    assertThat(executed()).containsExactly("001_create_users", "002_create_posts");
    assertThat(tables()).contains("USERS", "POSTS").doesNotContain("COMMENTS");
  }

  @Test
  void down_takes_one_step_back_or_as_many_as_asked_for() {
    migrate("up");

    assertThat(migrate("down"))
        .isEqualTo(
            Run.of(
                0,
                """
                Rolling back 1 migration(s)...
                ↓ Rolling back 005_add_fulltext_search...
                ✓ 005_add_fulltext_search rolled back
                ✅ Rollback completed successfully (1 rolled back)
                """,
                ""));
    assertThat(migrate("down", "2"))
        .isEqualTo(
            Run.of(
                0,
                """
                Rolling back 2 migration(s)...
                ↓ Rolling back 004_create_tags...
                ✓ 004_create_tags rolled back
                ↓ Rolling back 003_create_comments...
                ✓ 003_create_comments rolled back
                ✅ Rollback completed successfully (2 rolled back)
                """,
                ""));
    assertThat(executed()).containsExactly("001_create_users", "002_create_posts");
    assertThat(tables()).contains("USERS", "POSTS").doesNotContain("COMMENTS", "TAGS");
  }

  @Test
  void status_reports_and_creates_nothing() {
    assertThat(migrate("status"))
        .isEqualTo(
            Run.of(
                0,
                """
                📊 Migration Status:
                  ✅ Executed: 0
                  ⏳ Pending: 5
                Pending migrations:
                  - 001_create_users - Authors and readers
                  - 002_create_posts
                  - 003_create_comments
                  - 004_create_tags - Tags, and which post has which
                  - 005_add_fulltext_search - Search in title and content of posts
                """,
                ""));
    assertThat(tables()).isEmpty();
  }

  @Test
  void reset_warns_and_rolls_everything_back() {
    migrate("to", "002_create_posts");

    assertThat(migrate("reset"))
        .isEqualTo(
            Run.of(
                0,
                """
                ⚠️  WARNING: This will rollback ALL migrations!
                ⚠️ Resetting 2 migrations...
                ↓ Rolling back 002_create_posts...
                ✓ 002_create_posts rolled back
                ↓ Rolling back 001_create_users...
                ✓ 001_create_users rolled back
                ✅ All migrations reset
                """,
                ""));
    assertThat(executed()).isEmpty();
    assertThat(tables()).doesNotContain("USERS", "POSTS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sideways",
        "UP",
        "up 1",
        "status now",
        "reset all",
        "down abc",
        "down 0",
        "down -1",
        "down 1.5",
        "down 9999999999",
        "down 1 2",
        "to",
        "to 001_create_users 002_create_posts"
      })
  void what_makes_no_sense_prints_the_usage_and_touches_nothing(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThat(migrate(words)).isEqualTo(Run.of(1, "", USAGE));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_missing_database_url_is_named() {
    String message = "DATABASE_URL is not set. Set it to a JDBC URL, such as jdbc:h2:./blog";
    assertThat(migrate(Map.of(), "up")).isEqualTo(Run.of(1, "", message));
    assertThat(migrate(Map.of("DATABASE_URL", " "), "up")).isEqualTo(Run.of(1, "", message));
  }

  @Test
  void an_unknown_name_is_refused_with_a_suggestion() {
    assertThat(migrate("to", "002_create_post"))
        .isEqualTo(
            Run.of(
                1,
                "Running migrations up to 002_create_post...",
                "Migration failed: No migration is named \"002_create_post\". Nothing was changed."
                    + " Did you mean \"002_create_posts\"?"));
    assertThat(tables()).isEmpty();
  }

  @Test
  void a_failure_is_told_by_its_message_alone() {
    jdbi().useHandle(handle -> handle.execute("create table posts (id int)"));

    Run run = migrate("up");

    assertThat(run.exitCode()).isOne();
    assertThat(run.out())
        .last()
        .asString()
        .startsWith("✗ 002_create_posts failed: Table \"POSTS\" already exists");
    assertThat(run.err())
        .first()
        .asString()
        .startsWith("Migration failed: Migration \"002_create_posts\"");
    assertThat(run.err()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(run.err()).noneMatch(line -> line.contains(folder.toString()));
    assertThat(executed()).containsExactly("001_create_users");
  }

  @Test
  void a_connection_that_fails_gives_away_neither_url_nor_password() {
    migrate("status");
    Map<String, String> wrongPassword =
        Map.of("DATABASE_URL", url + ";USER=ada;PASSWORD=hunter2;IFEXISTS=TRUE");

    assertThat(migrate(wrongPassword, "up"))
        .isEqualTo(
            Run.of(
                1,
                "Running migrations...",
                "Migration failed: no connection to DATABASE_URL (SQLState 28000)"));
    assertThat(migrate(Map.of("DATABASE_URL", "jdbc:nosuchdatabase://ada:hunter2@db"), "status"))
        .isEqualTo(
            Run.of(1, "", "Migration failed: no connection to DATABASE_URL (SQLState 08001)"));
  }

  @Test
  void as_a_program_it_reads_the_environment_and_sets_the_exit_code() throws Exception {
    assertThat(start(url, "to", "001_create_users"))
        .isEqualTo(
            Run.of(
                0,
                """
                Running migrations up to 001_create_users...
                ↑ Running 001_create_users...
                  Description: Authors and readers
                ✓ 001_create_users completed
                ✅ Migrated up to 001_create_users
                """,
                ""));
    assertThat(executed()).containsExactly("001_create_users");

    assertThat(start(url, "reset"))
        .isEqualTo(
            Run.of(
                0,
                """
                ⚠️  WARNING: This will rollback ALL migrations!
                ⚠️ Resetting 1 migration...
                ↓ Rolling back 001_create_users...
                ✓ 001_create_users rolled back
                ✅ All migrations reset
                """,
                ""));
    assertThat(executed()).isEmpty();

    assertThat(start(url, "down", "abc")).isEqualTo(Run.of(1, "", USAGE));
    assertThat(start("", "up").exitCode()).isOne();
  }

  private Run migrate(String... arguments) {
    return migrate(Map.of("DATABASE_URL", url), arguments);
  }

  private static Run migrate(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Migrate.run(
            List.of(arguments),
            environment,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    return Run.of(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  private Run start(String databaseUrl, String... arguments)
      throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Migrate.class.getName())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("DATABASE_URL", databaseUrl);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Run.of(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private List<String> executed() {
    return strings("select name from migrations order by name");
  }

  private List<String> tables() {
    return strings(
        "select table_name from information_schema.tables where table_schema = 'PUBLIC'");
  }

  private List<String> strings(String sql) {
    return jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private Jdbi jdbi() {
    return Jdbi.create(url);
  }
}
