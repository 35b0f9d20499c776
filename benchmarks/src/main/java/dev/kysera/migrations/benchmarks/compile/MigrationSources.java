package dev.kysera.migrations.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sources of migrations as people write them: a file each, every third with a description. */
final class MigrationSources {

  static final String PACKAGE = "app.migrations";

  private MigrationSources() {}

  /** Writes that many files and returns them. */
  static List<Path> write(Path directory, int migrations) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int number = 1; number <= migrations; number++) {
      Path file = directory.resolve(className(number) + ".java");
      files.add(Files.writeString(file, source(number)));
    }
    return files;
  }

  private static String className(int number) {
    return (number % 2 == 0 ? "AddStatusToOrders" : "CreateOrders") + number;
  }

  private static String source(int number) {
    return number % 2 == 0 ? alteration(number) : creation(number);
  }

  private static String creation(int number) {
    return """
        package %s;

        import dev.kysera.migrations.JdbiMigration;
        import dev.kysera.migrations.annotation.Migration;
        import org.jdbi.v3.core.Handle;

        %s
        final class %s implements JdbiMigration {

          @Override
          public void up(Handle handle) {
            handle.execute(
                "create table orders_%d (id bigint primary key, customer varchar(100) not null)");
            handle.execute("create index orders_%d_customer on orders_%d (customer)");
          }

          @Override
          public void down(Handle handle) {
            handle.execute("drop table orders_%d");
          }
        }
        """
        .formatted(
            PACKAGE,
            annotation(number, "create_orders_"),
            className(number),
            number,
            number,
            number,
            number);
  }

  private static String alteration(int number) {
    return """
        package %s;

        import dev.kysera.migrations.JdbiMigration;
        import dev.kysera.migrations.annotation.Migration;
        import org.jdbi.v3.core.Handle;

        %s
        final class %s implements JdbiMigration {

          @Override
          public void up(Handle handle) {
            handle.execute("alter table orders_%d add column status varchar(20)");
          }

          @Override
          public void down(Handle handle) {
            handle.execute("alter table orders_%d drop column status");
          }
        }
        """
        .formatted(
            PACKAGE,
            annotation(number, "add_status_to_orders_"),
            className(number),
            number - 1,
            number - 1);
  }

  private static String annotation(int number, String slug) {
    String name = "%05d_%s%d".formatted(number, slug, number);
    return number % 3 == 0
        ? "@Migration(value = \"%s\", description = \"What orders need since release %d\")"
            .formatted(name, number)
        : "@Migration(\"%s\")".formatted(name);
  }
}
