package dev.kysera.migrations.examples.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.PrintStream;
import org.jdbi.v3.core.Jdbi;

/** Replaces a column by two others without losing what is in it, there and back. */
public final class DataApplication {

  private DataApplication() {}

  public static void main(String[] args) {
    Jdbi jdbi = Jdbi.create("jdbc:h2:mem:data;DB_CLOSE_DELAY=-1");
    run(jdbi, new PrintStream(System.out, true, UTF_8));
  }

  static void run(Jdbi jdbi, PrintStream out) {
    MigrationOptions options = MigrationOptions.builder().logger(out::println).build();
    MigrationRunner runner = Migrations.runner(jdbi, options);

    runner.upTo("001_create_users");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into users values (1, 'Ada King Lovelace'), (2, 'Alan Turing'), (3, 'Plato')"));
    printUsers(jdbi, out);

    runner.up();
    printUsers(jdbi, out);

    runner.downTo("001_create_users");
    printUsers(jdbi, out);
  }

  private static void printUsers(Jdbi jdbi, PrintStream out) {
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select * from users order by id")
                .mapToMap()
                .forEach(user -> out.println("  " + user)));
  }
}
