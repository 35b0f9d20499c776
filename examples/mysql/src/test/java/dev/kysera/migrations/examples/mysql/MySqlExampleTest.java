package dev.kysera.migrations.examples.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MySqlExampleTest {

  private static EmbeddedMariaDb server;
  private static Jdbi jdbi;

  private final MigrationRunner runner =
      Migrations.runner(jdbi, MigrationOptions.builder().logger(line -> {}).build());

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedMariaDb.start();
    jdbi = Jdbi.create(server.url());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void empty() {
    jdbi.useHandle(
        handle -> {
          handle.execute("drop database blog");
          handle.execute("create database blog");
        });
  }

  @Test
  void the_program_searches_and_leaves_nothing() throws Exception {
    assertThat(printed(Map.of("DATABASE_URL", server.url())))
        .containsExactly(
            "↑ Running 001_create_users...",
            "✓ 001_create_users completed",
            "↑ Running 002_create_posts...",
            "✓ 002_create_posts completed",
            "↑ Running 003_add_fulltext_search...",
            "  Description: Search in title and content of posts",
            "✓ 003_add_fulltext_search completed",
            "↑ Running 004_trim_titles...",
            "✓ 004_trim_titles completed",
            "✅ All migrations completed successfully (4 completed)",
            "",
            "Found: [The harbour ⚓🚢]",
            "",
            "⚠️ Resetting 4 migrations...",
            "↓ Rolling back 004_trim_titles...",
            "✓ 004_trim_titles rolled back",
            "↓ Rolling back 003_add_fulltext_search...",
            "✓ 003_add_fulltext_search rolled back",
            "↓ Rolling back 002_create_posts...",
            "✓ 002_create_posts rolled back",
            "↓ Rolling back 001_create_users...",
            "✓ 001_create_users rolled back",
            "✅ All migrations reset",
            "Left: []");

    assertThat(strings("show tables")).containsExactly("migrations", "migrations_journal");
    assertThat(strings("show triggers")).isEmpty();
    assertThat(strings("select name from migrations")).isEmpty();
  }

  @Test
  void without_a_database_it_starts_one() throws Exception {
    assertThat(printed(Map.of())).contains("Found: [The harbour ⚓🚢]", "Left: []");
    assertThat(strings("show tables")).isEmpty();
  }

  @Test
  void up_creates_tables_indexes_and_trigger() {
    runner.up();

    assertThat(
            strings(
                """
                select concat(table_name, ' ', engine, ' ', table_collation like 'utf8mb4%')
                from information_schema.tables
                where table_schema = 'blog' and table_name in ('users', 'posts') order by 1"""))
        .containsExactly("posts InnoDB 1", "users InnoDB 1");
    assertThat(
            strings(
                """
                select concat(table_name, ' ', column_name) from information_schema.columns
                where table_schema = 'blog' and extra like '%auto_increment%' order by 1"""))
        .containsExactly("posts id", "users id");
    assertThat(
            strings(
                """
                select concat(index_name, ' ', index_type, ' ', column_name)
                from information_schema.statistics
                where table_schema = 'blog' and table_name = 'posts'
                order by index_name, seq_in_index"""))
        .containsExactly(
            "posts_search_idx FULLTEXT title",
            "posts_search_idx FULLTEXT content",
            "posts_user_id_idx BTREE user_id",
            "PRIMARY BTREE id");
    assertThat(
            strings(
                "select trigger_name from information_schema.triggers where trigger_schema = 'blog'"))
        .containsExactly("posts_trim_title");
  }

  @Test
  void search_finds_posts_from_before_and_after_it_was_added() {
    runner.upTo("002_create_posts");
    jdbi.useHandle(MySqlApplication::writePosts);
    runner.up();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into posts (user_id, title, content) values (1, '  Ships ', 'In port.')"));

    assertThat(search("lighthouse")).containsExactly("The harbour ⚓🚢 ");
    assertThat(search("ships")).containsExactlyInAnyOrder("Ships", "The harbour ⚓🚢 ");
    assertThat(search("sea")).isEmpty();
  }

  @Test
  void the_trigger_runs_all_of_its_statements() {
    runner.up();
    jdbi.useHandle(MySqlApplication::writePosts);

    assertThat(strings("select title from posts order by id"))
        .containsExactly("The harbour ⚓🚢", "Untitled");
  }

  @Test
  void a_post_goes_with_its_author() {
    runner.up();
    jdbi.useHandle(MySqlApplication::writePosts);
    jdbi.useHandle(handle -> handle.execute("delete from users"));

    assertThat(strings("select id from posts")).isEmpty();
  }

  @Test
  void each_step_down_leaves_what_was_there_before_it() {
    runner.up();

    runner.down();
    assertThat(strings("show triggers")).isEmpty();
    runner.down();
    assertThat(
            strings(
                """
                select distinct index_name from information_schema.statistics
                where table_schema = 'blog' and table_name = 'posts' order by 1"""))
        .containsExactly("posts_user_id_idx", "PRIMARY");
    runner.down();
    assertThat(strings("show tables like 'posts'")).isEmpty();
    assertThat(strings("show tables like 'users'")).hasSize(1);
    assertThat(strings("select name from migrations")).containsExactly("001_create_users");
  }

  private static List<String> printed(Map<String, String> environment) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    MySqlApplication.run(environment, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8).replaceAll(" \\(\\d+ ms\\)", "").lines().toList();
  }

  private static List<String> search(String words) {
    return jdbi.withHandle(handle -> MySqlApplication.search(handle, words));
  }

  private static List<String> strings(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
