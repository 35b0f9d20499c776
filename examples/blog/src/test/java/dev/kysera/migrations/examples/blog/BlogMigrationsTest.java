package dev.kysera.migrations.examples.blog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.junit.MigrationTests;
import dev.kysera.migrations.junit.SchemaSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BlogMigrationsTest {

  private final Jdbi jdbi = Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  private final MigrationRunner runner =
      Migrations.runner(jdbi, MigrationOptions.builder().logger(line -> {}).build());

  @Test
  void the_registry_holds_the_annotated_classes_in_order_with_their_metadata() {
    assertThat(Migrations.registry().definitions())
        .containsExactly(
            MigrationDefinition.of("001_create_users").withDescription("Authors and readers"),
            MigrationDefinition.of("002_create_posts"),
            MigrationDefinition.of("003_create_comments"),
            MigrationDefinition.of("004_create_tags")
                .withDescription("Tags, and which post has which"),
            MigrationDefinition.of("005_add_fulltext_search")
                .withDescription("Search in title and content of posts")
                .withEstimated(Duration.ofMillis(1500)));
  }

  @TestFactory
  Stream<DynamicNode> every_down_undoes_its_up() {
    return MigrationTests.all(Migrations.registry(), jdbi);
  }

  @Test
  void the_schema_is_the_one_that_was_reviewed() {
    runner.up();

    SchemaSnapshot.of(jdbi).assertMatches(Path.of("src/test/resources/blog-schema.txt"));
  }

  @Test
  void up_creates_the_tables_and_indexes_of_the_blog() {
    runner.up();

    assertThat(
            strings(
                """
                select table_name from information_schema.tables
                where table_schema = 'PUBLIC' and table_name not like 'MIGRATIONS%'"""))
        .containsExactlyInAnyOrder("USERS", "POSTS", "COMMENTS", "TAGS", "POST_TAGS");
    assertThat(
            strings(
                """
                select index_name || ' ' || table_name || ' ' || column_name
                from information_schema.index_columns
                where table_schema = 'PUBLIC' and index_name like '%_IDX'"""))
        .containsExactlyInAnyOrder(
            "USERS_EMAIL_IDX USERS EMAIL",
            "POSTS_USER_ID_IDX POSTS USER_ID",
            "POSTS_SLUG_IDX POSTS SLUG",
            "COMMENTS_POST_ID_IDX COMMENTS POST_ID",
            "POST_TAGS_TAG_ID_IDX POST_TAGS TAG_ID");
    assertThat(
            strings(
                """
                select column_name from information_schema.key_column_usage
                where constraint_name = 'POST_TAGS_PK' order by ordinal_position"""))
        .containsExactly("POST_ID", "TAG_ID");
    assertThat(strings("select name from migrations order by name"))
        .containsExactly(
            "001_create_users",
            "002_create_posts",
            "003_create_comments",
            "004_create_tags",
            "005_add_fulltext_search");
  }

  @Test
  void a_post_has_a_tag_once_and_goes_with_its_author() {
    runner.up();
    addPost("first");
    execute("insert into tags (name, slug) values ('Java', 'java')");
    execute("insert into comments (post_id, user_id, content) values (1, 1, 'Me too')");
    execute("insert into post_tags values (1, 1)");

    assertThatThrownBy(() -> execute("insert into post_tags values (1, 1)"))
        .isInstanceOf(UnableToExecuteStatementException.class)
        .hasMessageContaining("POST_TAGS_PK");

    execute("delete from users");
    assertThat(strings("select post_id from post_tags")).isEmpty();
    assertThat(strings("select id from comments")).isEmpty();
    assertThat(strings("select id from posts")).isEmpty();
    assertThat(strings("select name from tags")).containsExactly("Java");
  }

  @Test
  void search_finds_posts_from_before_and_after_it_was_added() {
    runner.upTo("004_create_tags");
    addPost("lighthouse");
    runner.up();
    addPost("harbour");

    assertThat(slugsFoundBy("lighthouse")).containsExactly("lighthouse");
    assertThat(slugsFoundBy("harbour")).containsExactly("harbour");
    assertThat(slugsFoundBy("everything about")).containsExactly("harbour", "lighthouse");
    assertThat(slugsFoundBy("mountain")).isEmpty();

    execute("delete from posts where slug = 'harbour'");
    assertThat(slugsFoundBy("harbour")).isEmpty();
  }

  @Test
  void search_can_be_removed_and_added_again_and_again() {
    runner.up();
    addPost("lighthouse");

    for (int i = 0; i < 2; i++) {
      runner.down();
      assertThat(strings("select routine_name from information_schema.routines")).isEmpty();
      assertThat(strings("select trigger_name from information_schema.triggers")).isEmpty();
      assertThat(strings("select schema_name from information_schema.schemata"))
          .doesNotContain("FT_");

      runner.up();
      assertThat(slugsFoundBy("lighthouse")).containsExactly("lighthouse");
    }
  }

  @Test
  void each_step_down_leaves_exactly_what_was_there_before_its_migration() {
    runner.setup();
    List<String> names =
        Migrations.registry().definitions().stream().map(MigrationDefinition::name).toList();
    List<List<String>> before = new ArrayList<>();
    for (String name : names) {
      before.add(schema());
      runner.upTo(name);
    }

    for (int i = names.size() - 1; i >= 0; i--) {
      assertThat(runner.down().completed()).containsExactly(names.get(i));
      assertThat(schema())
          .as("the schema without " + names.get(i))
          .containsExactlyInAnyOrderElementsOf(before.get(i));
    }
    assertThat(strings("select name from migrations")).isEmpty();
    assertThat(runner.up().completed()).hasSize(5);
  }

  private void addPost(String slug) {
    execute(
        """
        merge into users (id, email, username, password_hash) key (id)
        values (1, 'ada@example.com', 'ada', 'x')""");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into posts (user_id, title, slug, content) values (1, ?, ?, ?)",
                "On the " + slug,
                slug,
                "Everything about one " + slug));
  }

  private List<String> slugsFoundBy(String words) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select slug from ft_search_data(:words, 0, 0) found
                    join posts on posts.id = found.keys[1]
                    where found."TABLE" = 'POSTS' order by slug""")
                .bind("words", words)
                .mapTo(String.class)
                .list());
  }

  /** Every object of the database as the statement that would create it. */
  private List<String> schema() {
    return strings("script nodata nopasswords nosettings").stream()
        .filter(line -> !line.startsWith("--"))
        .toList();
  }

  private List<String> strings(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
