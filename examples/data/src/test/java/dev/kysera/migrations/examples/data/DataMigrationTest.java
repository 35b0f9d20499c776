package dev.kysera.migrations.examples.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class DataMigrationTest {

  private final Jdbi jdbi = Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  private final MigrationRunner runner =
      Migrations.runner(jdbi, MigrationOptions.builder().logger(line -> {}).build());

  @Test
  void full_names_are_split_at_the_last_space() {
    runner.upTo("001_create_users");
    insertUser(1, "Ada King Lovelace");
    insertUser(2, "Alan Turing");
    insertUser(3, "Plato");
    insertUser(4, "  Grace   Hopper ");

    runner.up();

    assertThat(
            strings("select id || ': ' || first_name || '|' || last_name from users order by id"))
        .containsExactly("1: Ada King|Lovelace", "2: Alan|Turing", "3: |Plato", "4: Grace|Hopper");
    assertThat(columns()).containsExactly("ID not null", "FIRST_NAME null", "LAST_NAME null");
    assertThat(strings("select name from migrations order by name"))
        .containsExactly(
            "001_create_users",
            "002_add_name_columns",
            "003_split_full_names",
            "004_drop_full_name");
  }

  @Test
  void going_down_joins_them_again() {
    runner.upTo("001_create_users");
    insertUser(1, "Ada King Lovelace");
    insertUser(2, "Plato");
    List<String> before = columns();
    runner.up();
    execute("insert into users values (3, 'Alan', 'Turing')");

    assertThat(runner.downTo("001_create_users").completed())
        .containsExactly("004_drop_full_name", "003_split_full_names", "002_add_name_columns");

    assertThat(strings("select full_name from users order by id"))
        .containsExactly("Ada King Lovelace", "Plato", "Alan Turing");
    assertThat(columns()).isEqualTo(before);
    assertThat(runner.up().completed()).hasSize(3);
  }

  @Test
  void a_name_that_does_not_fit_rolls_the_whole_batch_back_and_can_be_mended() {
    runner.upTo("001_create_users");
    insertUser(1, "Alan Turing");
    insertUser(2, "x".repeat(150));

    MigrationFailedException failure =
        catchThrowableOfType(MigrationFailedException.class, runner::up);

    assertThat(failure.name()).isEqualTo("003_split_full_names");
    assertThat(failure).hasMessageContaining("Certain: nothing of it was committed");
    assertThat(strings("select id from users where last_name is not null")).isEmpty();
    assertThat(strings("select name from migrations order by name"))
        .containsExactly("001_create_users", "002_add_name_columns");

    execute("update users set full_name = 'Plato' where id = 2");
    assertThat(runner.up().completed())
        .containsExactly("003_split_full_names", "004_drop_full_name");
    assertThat(strings("select last_name from users order by id"))
        .containsExactly("Turing", "Plato");
  }

  @Test
  void no_users_are_no_reason_to_fail() {
    assertThat(runner.up().completed()).hasSize(4);
    assertThat(runner.reset().completed()).hasSize(4);
  }

  @Test
  void the_program_shows_the_names_before_between_and_after() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    DataApplication.run(jdbi, new PrintStream(printed, true, UTF_8));

    assertThat(printed.toString(UTF_8).replaceAll(" \\(\\d+ ms\\)", "").lines())
        .containsExactly(
            """
            ↑ Running 001_create_users...
            ✓ 001_create_users completed
            ✅ Migrated up to 001_create_users
              {id=1, full_name=Ada King Lovelace}
              {id=2, full_name=Alan Turing}
              {id=3, full_name=Plato}
            ✓ 1 migration already executed
            ↑ Running 002_add_name_columns...
              Description: Room for first and last name
            ✓ 002_add_name_columns completed
            ↑ Running 003_split_full_names...
              Description: Split full names at the last space
              Estimated: 30.0s
            ✓ 003_split_full_names completed
            ↑ Running 004_drop_full_name...
              Description: First and last name have replaced it
              ⚠️ BREAKING CHANGE - review before proceeding
            ✓ 004_drop_full_name completed
            ✅ All migrations completed successfully (3 completed)
              {id=1, first_name=Ada King, last_name=Lovelace}
              {id=2, first_name=Alan, last_name=Turing}
              {id=3, first_name=, last_name=Plato}
            ↓ Rolling back 004_drop_full_name...
            ✓ 004_drop_full_name rolled back
            ↓ Rolling back 003_split_full_names...
            ✓ 003_split_full_names rolled back
            ↓ Rolling back 002_add_name_columns...
            ✓ 002_add_name_columns rolled back
            ✅ Rollback completed successfully (3 rolled back)
              {id=1, full_name=Ada King Lovelace}
              {id=2, full_name=Alan Turing}
              {id=3, full_name=Plato}
            """
                .lines()
                .toArray(String[]::new));
  }

  private void insertUser(int id, String fullName) {
    jdbi.useHandle(handle -> handle.execute("insert into users values (?, ?)", id, fullName));
  }

  private List<String> columns() {
    return strings(
        """
        select column_name || case is_nullable when 'NO' then ' not null' else ' null' end
        from information_schema.columns where table_name = 'USERS' and table_schema = 'PUBLIC'
        order by ordinal_position""");
  }

  private List<String> strings(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
