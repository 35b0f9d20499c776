package dev.kysera.migrations.examples.blog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class BlogApplicationTest {

  private static String printed() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream original = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      BlogApplication.main(new String[0]);
    } finally {
      System.setOut(original);
    }
    return printed.toString(UTF_8);
  }

  private static String withoutTimes(String text) {
    return text.replaceAll(" \\(\\d+ ms\\)", "");
  }

  @Test
  void main_tells_what_happens_to_the_database() throws IOException {
    String printed = withoutTimes(printed());
    assertThat(printed.lines())
        .containsExactly(
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

            ↑ Running 001_create_users...
              Description: Authors and readers
            ✓ 001_create_users completed
            ↑ Running 002_create_posts...
            ✓ 002_create_posts completed
            ↑ Running 003_create_comments...
            ✓ 003_create_comments completed
            ↑ Running 004_create_tags...
              Description: Tags, and which post has which
            ✓ 004_create_tags completed
            ↑ Running 005_add_fulltext_search...
              Description: Search in title and content of posts
              Estimated: 1.5s
            ✓ 005_add_fulltext_search completed
            ✅ All migrations completed successfully (5 completed)

            📊 Migration Status:
              ✅ Executed: 5
              ⏳ Pending: 0
            Executed migrations:
              ✓ 001_create_users
              ✓ 002_create_posts
              ✓ 003_create_comments
              ✓ 004_create_tags
              ✓ 005_add_fulltext_search

            ↓ Rolling back 005_add_fulltext_search...
            ✓ 005_add_fulltext_search rolled back
            ✅ Rollback completed successfully (1 rolled back)

            📊 Migration Status:
              ✅ Executed: 4
              ⏳ Pending: 1
            Executed migrations:
              ✓ 001_create_users
              ✓ 002_create_posts
              ✓ 003_create_comments
              ✓ 004_create_tags
            Pending migrations:
              - 005_add_fulltext_search - Search in title and content of posts
            """
                .lines()
                .toArray(String[]::new));

    List<String> executed =
        Jdbi.create("jdbc:h2:mem:blog")
            .withHandle(
                handle ->
                    handle
                        .createQuery("select name from migrations order by name")
                        .mapTo(String.class)
                        .list());
    assertThat(executed)
        .containsExactly(
            "001_create_users", "002_create_posts", "003_create_comments", "004_create_tags");
  }
}
