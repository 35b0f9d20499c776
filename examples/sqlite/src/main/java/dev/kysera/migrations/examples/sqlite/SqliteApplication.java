package dev.kysera.migrations.examples.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Builds a table anew to which another one refers, on SQLite: in the empty database that
 * DATABASE_URL names, or in a temporary file.
 */
public final class SqliteApplication {

  private SqliteApplication() {}

  public static void main(String[] args) throws IOException {
    run(System.getenv(), new PrintStream(System.out, true, UTF_8));
  }

  static void run(Map<String, String> environment, PrintStream out) throws IOException {
    String url = environment.getOrDefault("DATABASE_URL", "");
    if (!url.isBlank()) {
      run(Jdbi.create(url), out);
      return;
    }
    Path file = Files.createTempFile("blog", ".db");
    try {
      // Without that setting, SQLite does not look at foreign keys.
      run(Jdbi.create("jdbc:sqlite:" + file + "?foreign_keys=on"), out);
    } finally {
      Files.delete(file);
    }
  }

  private static void run(Jdbi jdbi, PrintStream out) {
    MigrationOptions options = MigrationOptions.builder().logger(out::println).build();
    MigrationRunner runner = Migrations.runner(jdbi, options);

    runner.upTo("002_create_posts");
    jdbi.useHandle(SqliteApplication::writePosts);
    out.println();
    try {
      runner.up();
    } catch (MigrationFailedException e) {
      out.println(e.getMessage());
    }
    out.println("Posts: " + jdbi.withHandle(SqliteApplication::posts));
    out.println();
    jdbi.useHandle(handle -> handle.execute("delete from users where email = 'ADA@example.com'"));
    runner.up();
    out.println("Posts: " + jdbi.withHandle(SqliteApplication::posts));
    out.println();
    runner.reset();
    out.println("Left: " + jdbi.withHandle(SqliteApplication::left));
  }

  static void writePosts(Handle handle) {
    handle.execute("insert into users (email) values ('ada@example.com'), ('ADA@example.com')");
    handle.execute("insert into posts (user_id, title) values (1, 'The harbour')");
    handle.execute("insert into posts (user_id, title) values (1, 'The mountain')");
  }

  static List<String> posts(Handle handle) {
    return handle
        .createQuery(
            """
            select title || ' by ' || email from posts join users on users.id = user_id
            order by posts.id""")
        .mapTo(String.class)
        .list();
  }

  /** The tables and indexes of the database, but not the history and what SQLite makes itself. */
  static List<String> left(Handle handle) {
    return handle
        .createQuery(
            """
            select name from sqlite_master
            where name not like 'migrations%' and name not like 'sqlite%' order by name""")
        .mapTo(String.class)
        .list();
  }
}
