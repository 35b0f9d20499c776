package dev.kysera.migrations.examples.builder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class BuilderTest {

  private final Jdbi jdbi = Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  private final List<String> reports = new ArrayList<>();

  @Test
  void the_registry_knows_names_metadata_and_what_has_a_way_back() {
    assertThat(UserMigrations.registry().definitions())
        .containsExactly(
            MigrationDefinition.of("001_create_users"),
            MigrationDefinition.of("002_lower_emails").asIrreversible(),
            MigrationDefinition.of("010_remove_deprecated_columns")
                .withDescription("Remove deprecated user columns")
                .asBreaking()
                .withEstimated(Duration.ofMillis(500)));
  }

  @Test
  void lambdas_run_up_and_down() {
    MigrationRunner runner = runner(true);
    runner.upTo("001_create_users");
    execute("insert into users values (1, 'Ada@Example.com', 'ada')");
    runner.upTo("002_lower_emails");
    assertThat(strings("select email || ' ' || nickname from users"))
        .containsExactly("ada@example.com ada");

    runner.up();
    assertThat(columns()).containsExactly("ID", "EMAIL");

    runner.down();
    assertThat(columns()).containsExactly("ID", "EMAIL", "NICKNAME");
    assertThat(strings("select name from migrations order by name"))
        .containsExactly("001_create_users", "002_lower_emails");
  }

  @Test
  void the_guard_stops_a_breaking_migration_before_it_begins() {
    MigrationFailedException failure =
        catchThrowableOfType(MigrationFailedException.class, runner(false)::up);

    assertThat(failure.name()).isEqualTo("010_remove_deprecated_columns");
    assertThat(failure).hasMessageContaining("Certain: it was not begun, it is not executed.");
    assertThat(columns()).contains("NICKNAME");
    assertThat(strings("select name from migrations order by name"))
        .containsExactly("001_create_users", "002_lower_emails");
    assertThat(reports)
        .containsExactly(
            "UP 001_create_users: COMPLETED",
            "UP 002_lower_emails: COMPLETED",
            "UP 010_remove_deprecated_columns: FAILED",
            "2 done, 0 not run");

    assertThat(runner(true).up().completed()).containsExactly("010_remove_deprecated_columns");
    assertThat(columns()).doesNotContain("NICKNAME");
  }

  @Test
  void the_program_prints_with_a_prefix_in_silence_and_through_its_listener() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    BuilderApplication.run(jdbi, new PrintStream(printed, true, UTF_8));

    assertThat(printed.toString(UTF_8).replaceAll(" \\(\\d+ ms\\)", "").lines())
        .containsExactly(
            """
            A preview, with a prefix on every line
            [MIGRATION] 🔍 DRY RUN - No changes will be made
            [MIGRATION] ↑ Would run 001_create_users
            [MIGRATION] ↑ Would run 002_lower_emails
            [MIGRATION] ↑ Would run 010_remove_deprecated_columns
            [MIGRATION]   Description: Remove deprecated user columns
            [MIGRATION]   ⚠️ BREAKING CHANGE - review before proceeding
            [MIGRATION]   Estimated: 500ms
            [MIGRATION] 🔍 Would run 3 migrations; nothing was changed

            In silence

            With a listener that refuses breaking changes
            UP 010_remove_deprecated_columns: FAILED
            0 done, 0 not run
            Migration "010_remove_deprecated_columns" failed while migrating up: 010_remove_deprecated_columns is breaking and not approved
            Certain: it was not begun, it is not executed.
            Completed before it: none. Not run: none.
            Next: satisfy the listener that has refused it, and run up() again.

            With one that approves of them, up and down
            [MIGRATION] ✓ 2 migrations already executed
            [MIGRATION] ↑ Running 010_remove_deprecated_columns...
            [MIGRATION]   Description: Remove deprecated user columns
            [MIGRATION]   ⚠️ BREAKING CHANGE - review before proceeding
            [MIGRATION]   Estimated: 500ms
            [MIGRATION] ✓ 010_remove_deprecated_columns completed
            UP 010_remove_deprecated_columns: COMPLETED
            [MIGRATION] ✅ All migrations completed successfully (1 completed)
            1 done, 0 not run
            [MIGRATION] ↓ Rolling back 010_remove_deprecated_columns...
            [MIGRATION] ✓ 010_remove_deprecated_columns rolled back
            DOWN 010_remove_deprecated_columns: COMPLETED
            [MIGRATION] ⚠️ 002_lower_emails has no down method, skipped
            [MIGRATION] ↓ Rolling back 001_create_users...
            [MIGRATION] ✓ 001_create_users rolled back
            DOWN 001_create_users: COMPLETED
            [MIGRATION] ⚠️ Rollback completed: 2 rolled back, 1 skipped
            2 done, 0 not run
            """
                .lines()
                .toArray(String[]::new));
    assertThat(strings("select name from migrations")).containsExactly("002_lower_emails");
    assertThat(columns()).isEmpty();
  }

  private MigrationRunner runner(boolean approved) {
    return MigrationRunner.create(
        jdbi,
        UserMigrations.registry(),
        MigrationOptions.builder()
            .logger(line -> {})
            .listener(new BreakingChangeGuard(approved, reports::add))
            .build());
  }

  private List<String> columns() {
    return strings(
        """
        select column_name from information_schema.columns
        where table_schema = 'PUBLIC' and table_name = 'USERS' order by ordinal_position""");
  }

  private List<String> strings(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
