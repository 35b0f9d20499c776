package dev.kysera.migrations.examples.jooq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JooqMigrationTest {

  @TempDir private Path folder;

  @Test
  void on_h2_the_table_has_its_columns_its_constraints_and_its_index() {
    Jdbi jdbi = h2();

    runner(jdbi).up();

    assertThat(
            strings(
                jdbi,
                """
                select column_name || ' ' || data_type || ' ' || is_identity
                from information_schema.columns
                where table_schema = 'PUBLIC' and table_name = 'BOOKS'
                order by ordinal_position"""))
        .containsExactly(
            "ID INTEGER YES", "ISBN CHARACTER VARYING NO", "TITLE CHARACTER VARYING NO");
    assertThat(
            strings(
                jdbi,
                """
                select constraint_type from information_schema.table_constraints
                where table_schema = 'PUBLIC' and table_name = 'BOOKS'
                order by constraint_type"""))
        .containsExactly("PRIMARY KEY", "UNIQUE");
    assertThat(
            strings(
                jdbi,
                """
                select column_name from information_schema.index_columns
                where index_name = 'BOOKS_TITLE_IDX'"""))
        .containsExactly("TITLE");
    requireUniqueIsbn(jdbi);

    runner(jdbi).down();
    assertThat(
            strings(
                jdbi,
                "select table_name from information_schema.tables where table_name = 'BOOKS'"))
        .isEmpty();
    assertThat(strings(jdbi, "select name from migrations")).isEmpty();
  }

  @Test
  void on_sqlite_the_same_migration_speaks_sqlite() {
    Jdbi jdbi = Jdbi.create("jdbc:sqlite:" + folder.resolve("books.db"));

    runner(jdbi).up();

    assertThat(
            strings(
                jdbi,
                """
                select type || ' ' || name from sqlite_master
                where name like 'books%' order by name"""))
        .containsExactly("table books", "index books_title_idx");
    assertThat(strings(jdbi, "select name from migrations")).containsExactly("001_create_books");
    requireUniqueIsbn(jdbi);

    runner(jdbi).down();
    assertThat(strings(jdbi, "select name from sqlite_master where name like 'books%'")).isEmpty();
    assertThat(strings(jdbi, "select name from migrations")).isEmpty();
  }

  @Test
  void the_program_prints_its_own_lines_and_no_greeting() {
    PrintStream original = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      JooqApplication.main(new String[0]);
    } finally {
      System.setOut(original);
    }

    assertThat(printed.toString(UTF_8).replaceAll(" \\(\\d+ ms\\)", "").lines())
        .containsExactly(
            "↑ Running 001_create_books...",
            "✓ 001_create_books completed",
            "✅ All migrations completed successfully (1 completed)",
            "↓ Rolling back 001_create_books...",
            "✓ 001_create_books rolled back",
            "↑ Running 001_create_books...",
            "✓ 001_create_books completed",
            "✅ Redone 001_create_books");
    assertThat(strings(Jdbi.create("jdbc:h2:mem:jooq"), "select count(*) from books"))
        .containsExactly("0");
  }

  private static void requireUniqueIsbn(Jdbi jdbi) {
    String insert = "insert into books (isbn, title) values ('9780134685991', 'Effective Java')";
    jdbi.useHandle(handle -> handle.execute(insert));
    assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(insert)))
        .isInstanceOf(UnableToExecuteStatementException.class);
    assertThat(strings(jdbi, "select id from books")).containsExactly("1");
  }

  private static Jdbi h2() {
    return Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  private static MigrationRunner runner(Jdbi jdbi) {
    return Migrations.runner(jdbi, MigrationOptions.builder().logger(line -> {}).build());
  }

  private static List<String> strings(Jdbi jdbi, String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
