package dev.kysera.migrations.examples.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.vorburger.exec.ManagedProcessException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Adds a full-text search to a blog on MySQL or MariaDB, uses it, and takes everything back: in the
 * empty database that DATABASE_URL names, or on a server started for it.
 */
public final class MySqlApplication {

  private MySqlApplication() {}

  public static void main(String[] args) throws IOException, ManagedProcessException {
    run(System.getenv(), new PrintStream(System.out, true, UTF_8));
  }

  static void run(Map<String, String> environment, PrintStream out)
      throws IOException, ManagedProcessException {
    String url = environment.getOrDefault("DATABASE_URL", "");
    if (!url.isBlank()) {
      run(Jdbi.create(url), out);
      return;
    }
    try (EmbeddedMariaDb server = EmbeddedMariaDb.start()) {
      run(Jdbi.create(server.url()), out);
    }
  }

  private static void run(Jdbi jdbi, PrintStream out) {
    MigrationOptions options = MigrationOptions.builder().logger(out::println).build();
    MigrationRunner runner = Migrations.runner(jdbi, options);

    runner.up();
    out.println();
    jdbi.useHandle(MySqlApplication::writePosts);
    out.println("Found: " + jdbi.withHandle(handle -> search(handle, "lighthouse")));
    out.println();
    runner.reset();
    out.println("Left: " + jdbi.withHandle(MySqlApplication::left));
  }

  static void writePosts(Handle handle) {
    handle.execute("insert into users (email) values ('ada@example.com')");
    String insert = "insert into posts (user_id, title, content) select id, ?, ? from users";
    handle.execute(insert, "The harbour ⚓🚢 ", "Ships pass the lighthouse at night.");
    handle.execute(insert, " ", "Nobody passes the mountain.");
  }

  /** The titles of the posts that match, the best first. */
  static List<String> search(Handle handle, String words) {
    return handle
        .createQuery("select title from posts where match (title, content) against (:words)")
        .bind("words", words)
        .mapTo(String.class)
        .list();
  }

  /** The tables and triggers of the database, but not the history. */
  static List<String> left(Handle handle) {
    return handle
        .createQuery(
            """
            select table_name from information_schema.tables
            where table_schema = database() and table_name not like 'migrations%'
            union all
            select trigger_name from information_schema.triggers
            where trigger_schema = database()
            order by 1""")
        .mapTo(String.class)
        .list();
  }
}
