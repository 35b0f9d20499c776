package dev.kysera.migrations.examples.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresExampleTest {

  private static EmbeddedPostgres server;
  private static Jdbi jdbi;

  private final MigrationRunner runner =
      Migrations.runner(jdbi, MigrationOptions.builder().logger(line -> {}).build());

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.start();
    jdbi = Jdbi.create(server.getPostgresDatabase());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void empty() {
    execute("drop schema public cascade; create schema public");
  }

  @Test
  void the_program_searches_and_leaves_nothing() throws IOException {
    String url = server.getJdbcUrl("postgres", "postgres");

    assertThat(printed(Map.of("DATABASE_URL", url)))
        .containsExactly(
            "↑ Running 001_create_users...",
            "✓ 001_create_users completed",
            "↑ Running 002_create_posts...",
            "✓ 002_create_posts completed",
            "↑ Running 003_add_fulltext_search...",
            "  Description: Search in title and content of posts",
            "✓ 003_add_fulltext_search completed",
            "↑ Running 004_index_authors...",
            "✓ 004_index_authors completed",
            "✅ All migrations completed successfully (4 completed)",
            "",
            "Found: [The harbour]",
            "",
            "⚠️ Resetting 4 migrations...",
            "↓ Rolling back 004_index_authors...",
            "✓ 004_index_authors rolled back",
            "↓ Rolling back 003_add_fulltext_search...",
            "✓ 003_add_fulltext_search rolled back",
            "↓ Rolling back 002_create_posts...",
            "✓ 002_create_posts rolled back",
            "↓ Rolling back 001_create_users...",
            "✓ 001_create_users rolled back",
            "✅ All migrations reset",
            "Left: []");

    assertThat(strings("select relname from pg_class where relnamespace = 'public'::regnamespace"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("migrations"));
    assertThat(strings("select name from migrations")).isEmpty();
  }

  @Test
  void without_a_database_it_starts_one() throws IOException {
    assertThat(printed(Map.of())).contains("Found: [The harbour]", "Left: []");
    assertThat(strings("select relname from pg_class where relname = 'migrations'")).isEmpty();
  }

  @Test
  void up_creates_column_indexes_trigger_and_function() {
    runner.up();

    assertThat(
            strings(
                """
                select data_type from information_schema.columns
                where table_name = 'posts' and column_name = 'search_vector'"""))
        .containsExactly("tsvector");
    assertThat(strings("select indexdef from pg_indexes where tablename = 'posts' order by 1"))
        .containsExactly(
            "CREATE INDEX posts_search_vector_idx ON public.posts USING gin (search_vector)",
            "CREATE INDEX posts_user_id_idx ON public.posts USING btree (user_id)",
            "CREATE UNIQUE INDEX posts_pkey ON public.posts USING btree (id)");
    assertThat(strings("select count(*) from pg_index where not indisvalid")).containsExactly("0");
    assertThat(
            strings(
                """
                select tgname || ' ' || tgfoid::regproc from pg_trigger
                where tgrelid = 'posts'::regclass and not tgisinternal"""))
        .containsExactly("posts_search_vector_update posts_search_vector");
  }

  @Test
  void search_finds_posts_from_before_and_after_it_was_added() {
    runner.upTo("002_create_posts");
    jdbi.useHandle(PostgresApplication::writePosts);
    runner.up();

    assertThat(search("pass")).containsExactlyInAnyOrder("The harbour", "The mountain");
    assertThat(search("lighthouses")).containsExactly("The harbour");

    execute("update posts set content = 'A lighthouse.' where title = 'The mountain'");
    execute("insert into posts (user_id, title, content) values (1, 'The lighthouse', 'Old.')");
    assertThat(search("lighthouse"))
        .hasSize(3)
        .first()
        .as("a word in the title counts for more")
        .isEqualTo("The lighthouse");
    assertThat(search("sea")).isEmpty();
  }

  @Test
  void search_can_be_removed_and_added_again() {
    runner.up();
    jdbi.useHandle(PostgresApplication::writePosts);

    runner.downTo("002_create_posts");
    assertThat(jdbi.withHandle(PostgresApplication::left))
        .containsExactly(
            "posts",
            "posts_id_seq",
            "posts_pkey",
            "users",
            "users_email_idx",
            "users_email_key",
            "users_id_seq",
            "users_pkey");
    assertThat(strings("select title from posts")).hasSize(2);

    runner.up();
    assertThat(search("lighthouse")).containsExactly("The harbour");
  }

  @Test
  void an_index_that_an_interrupted_build_has_left_is_built_again() {
    runner.upTo("003_add_fulltext_search");
    execute("create index posts_user_id_idx on posts (user_id)");
    execute(
        """
        update pg_index set indisvalid = false
        where indexrelid = 'posts_user_id_idx'::regclass""");

    runner.up();

    assertThat(
            strings(
                """
                select indisvalid from pg_index
                where indexrelid = 'posts_user_id_idx'::regclass"""))
        .containsExactly("t");
  }

  @Test
  void a_failure_in_the_middle_of_the_search_leaves_nothing_of_it() {
    runner.upTo("002_create_posts");
    execute(
        "create function posts_search_vector() returns trigger language internal as 'tsvector_update_trigger_byid'");
    List<String> before = jdbi.withHandle(PostgresApplication::left);

    MigrationFailedException failure =
        catchThrowableOfType(MigrationFailedException.class, runner::up);

    assertThat(failure.name()).isEqualTo("003_add_fulltext_search");
    assertThat(failure).hasMessageContaining("Certain: nothing of it was committed");
    assertThat(jdbi.withHandle(PostgresApplication::left)).isEqualTo(before);
    assertThat(strings("select name from migrations order by name"))
        .containsExactly("001_create_users", "002_create_posts");

    execute("drop function posts_search_vector()");
    assertThat(runner.up().completed())
        .containsExactly("003_add_fulltext_search", "004_index_authors");
  }

  private List<String> printed(Map<String, String> environment) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PostgresApplication.run(environment, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8).replaceAll(" \\(\\d+ ms\\)", "").lines().toList();
  }

  private static List<String> search(String words) {
    return jdbi.withHandle(handle -> PostgresApplication.search(handle, words));
  }

  private static List<String> strings(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private static void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
