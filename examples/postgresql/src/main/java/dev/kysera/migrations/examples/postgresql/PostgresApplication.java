package dev.kysera.migrations.examples.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Adds a full-text search to a blog on PostgreSQL, uses it, and takes everything back: in the empty
 * database that DATABASE_URL names, or on a server started for it.
 */
public final class PostgresApplication {

  private PostgresApplication() {}

  public static void main(String[] args) throws IOException {
    run(System.getenv(), new PrintStream(System.out, true, UTF_8));
  }

  static void run(Map<String, String> environment, PrintStream out) throws IOException {
    String url = environment.getOrDefault("DATABASE_URL", "");
    if (!url.isBlank()) {
      run(Jdbi.create(url), out);
      return;
    }
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      run(Jdbi.create(server.getPostgresDatabase()), out);
    }
  }

  private static void run(Jdbi jdbi, PrintStream out) {
    MigrationOptions options = MigrationOptions.builder().logger(out::println).build();
    MigrationRunner runner = Migrations.runner(jdbi, options);

    runner.up();
    out.println();
    jdbi.useHandle(PostgresApplication::writePosts);
    out.println("Found: " + jdbi.withHandle(handle -> search(handle, "lighthouses")));
    out.println();
    runner.reset();
    out.println("Left: " + jdbi.withHandle(PostgresApplication::left));
  }

  static void writePosts(Handle handle) {
    handle.execute("insert into users (email) values ('ada@example.com')");
    String insert = "insert into posts (user_id, title, content) select id, ?, ? from users";
    handle.execute(insert, "The harbour", "Ships pass the lighthouse at night.");
    handle.execute(insert, "The mountain", "Nobody passes there.");
  }

  /** The titles of the posts that match, in whatever form their words are, the best first. */
  static List<String> search(Handle handle, String words) {
    return handle
        .createQuery(
            """
            select title from posts, plainto_tsquery('pg_catalog.english', :words) query
            where search_vector @@ query order by ts_rank(search_vector, query) desc""")
        .bind("words", words)
        .mapTo(String.class)
        .list();
  }

  /** The tables, indexes, sequences and functions of the schema, but not the history. */
  static List<String> left(Handle handle) {
    return handle
        .createQuery(
            """
            select relname from pg_class
            where relnamespace = current_schema()::regnamespace and relname not like 'migrations%'
            union all
            select proname from pg_proc where pronamespace = current_schema()::regnamespace
            order by 1""")
        .mapTo(String.class)
        .list();
  }
}
