package dev.kysera.migrations.examples.refactor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.InterruptedMigrationException;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.Resolution;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefactorTest {

  private static final String H2_TABLES =
      """
      select lower(table_name) from information_schema.tables
      where table_schema = 'PUBLIC' and table_name like '%USERS' order by 1""";
  private static final String SQLITE_TABLES =
      "select name from sqlite_master where type = 'table' and name like '%users' order by 1";

  @TempDir private Path folder;

  @Test
  void on_sqlite_the_four_steps_are_one_migration_there_and_back() {
    Jdbi jdbi = sqlite();
    MigrationRunner runner = runner(jdbi, Migrations.registry());
    runner.upTo("001_create_users");
    insertUser(jdbi, 1, "ada@example.com", "Ada Lovelace");

    runner.up();
    assertThat(strings(jdbi, "select id || ' ' || email || ' ' || full_name from users"))
        .containsExactly("1 ada@example.com Ada Lovelace");
    assertThat(strings(jdbi, SQLITE_TABLES)).containsExactly("users");
    assertThat(executed(jdbi)).containsExactly("001_create_users", "002_refactor_users");

    runner.down();
    assertThat(strings(jdbi, "select id || ' ' || email || ' ' || name from users"))
        .containsExactly("1 ada@example.com Ada Lovelace");
    assertThat(strings(jdbi, SQLITE_TABLES)).containsExactly("users");
    assertThat(executed(jdbi)).containsExactly("001_create_users");
  }

  @Test
  void on_sqlite_a_failure_in_the_middle_leaves_nothing() {
    Jdbi jdbi = sqlite();
    MigrationRunner runner = runner(jdbi, Migrations.registry());
    runner.upTo("001_create_users");
    insertUser(jdbi, 1, "ada@example.com", "Ada Lovelace");
    insertUser(jdbi, 2, "ada@example.com", "Ada King");

    MigrationFailedException failure =
        catchThrowableOfType(MigrationFailedException.class, runner::up);

    assertThat(failure.name()).isEqualTo("002_refactor_users");
    assertThat(failure)
        .hasMessageContaining("Certain: nothing of it was committed, it is not executed.");
    assertThat(strings(jdbi, SQLITE_TABLES)).containsExactly("users");
    assertThat(strings(jdbi, "select name from users order by id"))
        .containsExactly("Ada Lovelace", "Ada King");
    assertThat(executed(jdbi)).containsExactly("001_create_users");

    execute(jdbi, "delete from users where id = 2");
    assertThat(runner.up().completed()).containsExactly("002_refactor_users");
    assertThat(strings(jdbi, "select full_name from users")).containsExactly("Ada Lovelace");
  }

  @Test
  void on_h2_the_failed_attempt_stays_open_until_somebody_has_resolved_it() {
    Jdbi jdbi = h2();
    MigrationRunner runner = runner(jdbi, Migrations.registry());
    runner.upTo("001_create_users");
    insertUser(jdbi, 1, "ada@example.com", "Ada Lovelace");
    insertUser(jdbi, 2, "ada@example.com", "Ada King");

    MigrationFailedException failure =
        catchThrowableOfType(MigrationFailedException.class, runner::up);

    assertThat(failure).hasMessageContaining("since H2 commits on DDL");
    assertThat(strings(jdbi, H2_TABLES)).containsExactly("new_users", "users");
    assertThat(executed(jdbi)).containsExactly("001_create_users");

    execute(jdbi, "delete from users where id = 2");
    InterruptedMigrationException interrupted =
        catchThrowableOfType(InterruptedMigrationException.class, runner::up);
    assertThat(interrupted.name()).isEqualTo("002_refactor_users");
    assertThat(failure).hasMessageContaining("Attempt " + interrupted.attempt() + " stays open");
    assertThat(runner.maintenance().diagnose().openAttempt()).contains(interrupted.attempt());

    execute(jdbi, "drop table new_users");
    assertThat(
            runner
                .maintenance()
                .resolve(interrupted.attempt(), Resolution.RERUN, "dropped new_users")
                .completed())
        .containsExactly("002_refactor_users");
    assertThat(strings(jdbi, H2_TABLES)).containsExactly("users");
    assertThat(strings(jdbi, "select full_name from users")).containsExactly("Ada Lovelace");
    assertThat(executed(jdbi)).containsExactly("001_create_users", "002_refactor_users");
    assertThat(runner.maintenance().diagnose().findings()).isEmpty();
  }

  @Test
  void on_h2_small_migrations_leave_nothing_to_resolve() {
    Jdbi jdbi = h2();
    MigrationRunner runner = runner(jdbi, SplitRefactor.registry());
    runner.upTo("001_create_users");
    insertUser(jdbi, 1, "ada@example.com", "Ada Lovelace");
    insertUser(jdbi, 2, "ada@example.com", "Ada King");

    MigrationFailedException failure =
        catchThrowableOfType(MigrationFailedException.class, runner::up);

    assertThat(failure.name()).isEqualTo("003_copy_users");
    assertThat(failure).hasMessageContaining("Certain: nothing of it was committed");
    assertThat(failure.result().completed()).containsExactly("002_create_new_users");
    assertThat(failure.result().notRun()).containsExactly("004_drop_users", "005_rename_new_users");
    assertThat(executed(jdbi)).containsExactly("001_create_users", "002_create_new_users");
    assertThat(strings(jdbi, "select id from new_users")).isEmpty();

    execute(jdbi, "delete from users where id = 2");
    assertThat(runner.up().completed())
        .containsExactly("003_copy_users", "004_drop_users", "005_rename_new_users");
    assertThat(strings(jdbi, H2_TABLES)).containsExactly("users");
    assertThat(strings(jdbi, "select id || ' ' || email || ' ' || full_name from users"))
        .containsExactly("1 ada@example.com Ada Lovelace");
  }

  @Test
  void on_h2_a_small_migration_of_ddl_that_failed_is_resolved_without_any_repair() {
    Jdbi jdbi = h2();
    MigrationRunner runner = runner(jdbi, SplitRefactor.registry());
    runner.upTo("003_copy_users");
    execute(jdbi, "create view active_users as select * from users");

    MigrationFailedException failure =
        catchThrowableOfType(MigrationFailedException.class, runner::up);

    assertThat(failure.name()).isEqualTo("004_drop_users");
    assertThat(strings(jdbi, H2_TABLES)).containsExactly("active_users", "new_users", "users");
    assertThat(executed(jdbi)).last().isEqualTo("003_copy_users");

    execute(jdbi, "drop view active_users");
    String attempt = runner.maintenance().diagnose().openAttempt().orElseThrow();
    runner.maintenance().resolve(attempt, Resolution.MARK_NOT_EXECUTED, "the table is still there");
    assertThat(runner.up().completed()).containsExactly("004_drop_users", "005_rename_new_users");
    assertThat(strings(jdbi, H2_TABLES)).containsExactly("users");
  }

  @Test
  void the_small_migrations_also_go_back() {
    Jdbi jdbi = h2();
    MigrationRunner runner = runner(jdbi, SplitRefactor.registry());
    runner.upTo("001_create_users");
    insertUser(jdbi, 1, "ada@example.com", "Ada Lovelace");
    runner.up();

    runner.downTo("001_create_users");

    assertThat(strings(jdbi, H2_TABLES)).containsExactly("users");
    assertThat(strings(jdbi, "select id || ' ' || email || ' ' || name from users"))
        .containsExactly("1 ada@example.com Ada Lovelace");
    assertThat(executed(jdbi)).containsExactly("001_create_users");
    assertThat(runner.up().completed()).hasSize(4);
  }

  @Test
  void the_program_tells_both_stories() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream original = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      RefactorApplication.main(new String[0]);
    } finally {
      System.setOut(original);
    }

    String[] stories = printed.toString(UTF_8).replaceAll(" \\(\\d+ ms\\)", "").split("\nH2\n");
    assertThat(stories[0].lines())
        .startsWith("SQLite", "↑ Running 001_create_users...")
        .contains(
            "✗ 002_refactor_users failed: [SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed"
                + " (UNIQUE constraint failed: new_users.email)",
            "Certain: nothing of it was committed, it is not executed.",
            "✓ 002_refactor_users completed")
        .noneMatch(line -> line.contains("resolve"));
    assertThat(stories[1].lines())
        .anyMatch(line -> line.contains("since H2 commits on DDL"))
        .anyMatch(
            line ->
                line.matches(
                    "✅ Attempt \\S+ at 002_refactor_users resolved: rerun; it is not executed now"))
        .endsWith(
            "↑ Running 002_refactor_users...",
            "  Description: Unique e-mail addresses, and name becomes full_name",
            "  ⚠️ BREAKING CHANGE - review before proceeding",
            "✓ 002_refactor_users completed",
            "✅ Migrated up to 002_refactor_users");
    assertThat(strings(Jdbi.create("jdbc:h2:mem:refactor"), "select full_name from users"))
        .containsExactly("Ada Lovelace");
  }

  private Jdbi sqlite() {
    return Jdbi.create("jdbc:sqlite:" + folder.resolve("users.db"));
  }

  private static Jdbi h2() {
    return Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  private static MigrationRunner runner(Jdbi jdbi, MigrationRegistry registry) {
    return MigrationRunner.create(
        jdbi, registry, MigrationOptions.builder().logger(line -> {}).build());
  }

  private static void insertUser(Jdbi jdbi, int id, String email, String name) {
    jdbi.useHandle(handle -> handle.execute("insert into users values (?, ?, ?)", id, email, name));
  }

  private static List<String> executed(Jdbi jdbi) {
    return strings(jdbi, "select name from migrations order by name");
  }

  private static List<String> strings(Jdbi jdbi, String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private static void execute(Jdbi jdbi, String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
