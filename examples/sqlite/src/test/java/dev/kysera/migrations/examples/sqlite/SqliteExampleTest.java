package dev.kysera.migrations.examples.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteExampleTest {

  private static final String NAMES =
      "select name from sqlite_master where name not like 'migrations%' order by name";
  private static final MigrationOptions SILENT =
      MigrationOptions.builder().logger(line -> {}).build();

  @TempDir private Path folder;
  private String url;
  private Jdbi jdbi;
  private MigrationRunner runner;

  @BeforeEach
  void open() {
    url = "jdbc:sqlite:" + folder.resolve("blog.db") + "?foreign_keys=on";
    jdbi = Jdbi.create(url);
    runner = Migrations.runner(jdbi, SILENT);
  }

  @Test
  void the_program_keeps_the_posts_and_leaves_nothing() throws IOException {
    List<String> printed = printed(Map.of("DATABASE_URL", url));

    assertThat(printed)
        .startsWith(
            "↑ Running 001_create_users...",
            "✓ 001_create_users completed",
            "↑ Running 002_create_posts...",
            "✓ 002_create_posts completed",
            "✅ Migrated up to 002_create_posts",
            "",
            "✓ 2 migrations already executed",
            "↑ Running 003_ignore_case_of_emails...",
            "  Description: No two e-mail addresses that differ only in case",
            "✗ 003_ignore_case_of_emails failed: [SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint"
                + " failed (UNIQUE constraint failed: new_users.email)")
        .endsWith(
            "Posts: [The harbour by ada@example.com, The mountain by ada@example.com]",
            "",
            "✓ 2 migrations already executed",
            "↑ Running 003_ignore_case_of_emails...",
            "  Description: No two e-mail addresses that differ only in case",
            "✓ 003_ignore_case_of_emails completed",
            "✅ All migrations completed successfully (1 completed)",
            "Posts: [The harbour by ada@example.com, The mountain by ada@example.com]",
            "",
            "⚠️ Resetting 3 migrations...",
            "↓ Rolling back 003_ignore_case_of_emails...",
            "✓ 003_ignore_case_of_emails rolled back",
            "↓ Rolling back 002_create_posts...",
            "✓ 002_create_posts rolled back",
            "↓ Rolling back 001_create_users...",
            "✓ 001_create_users rolled back",
            "✅ All migrations reset",
            "Left: []");
    assertThat(strings(NAMES)).allMatch(name -> name.startsWith("sqlite_"));
    assertThat(strings("select name from migrations")).isEmpty();
  }

  @Test
  void without_a_database_it_makes_one() throws IOException {
    assertThat(printed(Map.of())).endsWith("Left: []");
    assertThat(strings(NAMES)).isEmpty();
  }

  @Test
  void a_number_is_never_given_twice() {
    runner.upTo("002_create_posts");
    execute("insert into users (email) values ('ada@example.com')");
    execute("delete from users");
    execute("insert into users (email) values ('eve@example.com')");

    assertThat(strings("select id || ' ' || (created_at is not null) from users"))
        .containsExactly("2 1");
  }

  @Test
  void the_new_table_has_the_rows_of_the_old_one_and_its_posts() {
    runner.upTo("002_create_posts");
    writePosts();
    execute("delete from users where id = 2");

    runner.up();
    assertThat(strings("select id || ' ' || email from users"))
        .containsExactly("1 ada@example.com");
    assertThat(strings("select title from posts")).hasSize(2);
    assertThatThrownBy(() -> execute("insert into users (email) values ('ADA@example.com')"))
        .isInstanceOf(UnableToExecuteStatementException.class)
        .hasMessageContaining("UNIQUE constraint failed: users.email");
    assertThat(strings(NAMES)).doesNotContain("new_users");
    execute("delete from users");
    assertThat(strings("select title from posts")).as("posts go with their author").isEmpty();

    runner.down();
    execute("insert into users (email) values ('eve@example.com'), ('EVE@example.com')");
    assertThat(strings("select name from migrations order by name"))
        .containsExactly("001_create_users", "002_create_posts");
  }

  @Test
  void a_failure_in_the_middle_leaves_everything_and_the_migration_just_runs_again() {
    runner.upTo("002_create_posts");
    writePosts();
    List<String> before = strings("select sql from sqlite_master order by name");

    MigrationFailedException failure =
        catchThrowableOfType(MigrationFailedException.class, runner::up);

    assertThat(failure.name()).isEqualTo("003_ignore_case_of_emails");
    assertThat(strings("select sql from sqlite_master order by name")).isEqualTo(before);
    assertThat(strings("select title from posts")).hasSize(2);

    execute("delete from users where id = 2");
    assertThat(runner.up().completed()).containsExactly("003_ignore_case_of_emails");
    assertThat(strings("select title from posts")).hasSize(2);
  }

  @Test
  void rows_that_refer_to_missing_ones_are_found() {
    runner.upTo("002_create_posts");
    Jdbi careless = Jdbi.create(url.replace("=on", "=off"));
    careless.useHandle(
        handle -> handle.execute("insert into posts (user_id, title) values (7, 'Nobody')"));

    assertThatThrownBy(runner::up)
        .isInstanceOf(MigrationFailedException.class)
        .hasMessageContaining("rows refer to missing ones in [posts]");
    assertThat(strings("select name from migrations order by name"))
        .containsExactly("001_create_users", "002_create_posts");
  }

  @Test
  void foreign_keys_are_looked_at_again_afterwards() {
    Jdbi oneConnection = Jdbi.create(jdbi.open().getConnection());
    Migrations.runner(oneConnection, SILENT).up();

    assertThat(
            oneConnection.<String, RuntimeException>withHandle(
                handle -> handle.createQuery("pragma foreign_keys").mapTo(String.class).one()))
        .isEqualTo("1");
  }

  /** Why the migration has no transaction of the runner's. */
  @Test
  void in_a_transaction_the_pragma_does_nothing_and_the_posts_are_lost() {
    runner.upTo("002_create_posts");
    writePosts();
    execute("delete from users where id = 2");
    MigrationRegistry inTransaction =
        MigrationRegistry.builder()
            .add("001_create_users", new CreateUsers())
            .add("002_create_posts", new CreatePosts())
            .add("003_ignore_case_of_emails", new IgnoreCaseOfEmails())
            .build();

    MigrationRunner.create(jdbi, inTransaction, SILENT).up();

    assertThat(strings("select email from users")).containsExactly("ada@example.com");
    assertThat(strings("select title from posts")).isEmpty();
  }

  private static List<String> printed(Map<String, String> environment) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    SqliteApplication.run(environment, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8).replaceAll(" \\(\\d+ ms\\)", "").lines().toList();
  }

  private void writePosts() {
    jdbi.useHandle(SqliteApplication::writePosts);
  }

  private List<String> strings(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
