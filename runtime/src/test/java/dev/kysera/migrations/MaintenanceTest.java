package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.TestDatabase.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rare verbs. */
class MaintenanceTest {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
          .add("002_b", h -> h.execute("create table b (id int)"), h -> h.execute("drop table b"))
          .add("003_c", h -> h.execute("create table c (id int)"), h -> h.execute("drop table c"))
          .build();

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void baseline_records_without_running(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationResult result = db.runner(REGISTRY).maintenance().baseline("002_b");

      assertThat(result.outcomes())
          .extracting(MigrationOutcome::name)
          .containsExactly("001_a", "002_b");
      assertThat(result.outcomes())
          .extracting(MigrationOutcome::state)
          .containsOnly(State.BASELINED);
      assertThat(db.history()).containsExactly("001_a", "002_b");
      assertThat(db.hasTable("a")).isFalse();
      assertThat(db.journal()).containsExactly("001_a UP BASELINED", "002_b UP BASELINED");
      assertThat(db.takeLines())
          .containsExactly(
              "✓ 001_a recorded as executed without running",
              "✓ 002_b recorded as executed without running",
              "✅ Baseline at 002_b (2 recorded)");

      assertThat(db.runner(REGISTRY).maintenance().baseline("002_b").outcomes()).isEmpty();
      assertThat(db.runner(REGISTRY).up().completed()).containsExactly("003_c");
      assertThat(db.runner(REGISTRY).executedMigrations())
          .containsExactly("001_a", "002_b", "003_c");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void setup_can_be_repeated_and_makes_the_start_cheap(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(REGISTRY).setup();
      db.runner(REGISTRY).setup();
      assertThat(db.history()).isEmpty();
      assertThat(db.journal()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_dry_run_of_the_rare_verbs_writes_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner dry =
          MigrationRunner.create(db.jdbi(), REGISTRY, db.options().dryRun(true).build());
      dry.setup();
      assertThat(dry.maintenance().baseline("001_a").planned()).containsExactly("001_a");
      assertThat(db.hasTable("migrations")).isFalse();
      assertThat(db.lines())
          .filteredOn(line -> !line.contains("CREATE TABLE"))
          .containsExactly(
              "🔍 DRY RUN - No changes will be made",
              "🔍 DRY RUN - No changes will be made",
              "✓ Would record 001_a as executed without running");
      assertThat(db.lines()).filteredOn(line -> line.contains("CREATE TABLE")).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void setupSql_makes_the_tables_that_a_run_expects(Kind kind) {
    try (TestDatabase db = kind.open()) {
      String sql = db.runner(REGISTRY).maintenance().setupSql();
      assertThat(db.hasTable("migrations")).isFalse();

      for (String statement : sql.split(";\n", -1)) {
        if (!statement.isBlank()) {
          db.execute(statement);
        }
      }
      assertThat(db.runner(REGISTRY).up().completed()).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void diagnose_finds_nothing_in_a_sound_history_and_everything_in_a_sick_one(Kind kind) {
    try (TestDatabase db = kind.open()) {
      assertThat(db.runner(REGISTRY).maintenance().diagnose().findings()).isEmpty();
      db.runner(REGISTRY).up();
      assertThat(db.runner(REGISTRY).maintenance().diagnose().findings()).isEmpty();
      assertThat(db.runner(REGISTRY).maintenance().diagnose().openAttempt()).isEmpty();

      MigrationRegistry changed =
          MigrationRegistry.builder().add("001_a", h -> {}).add("002_x", h -> {}).build();
      assertThat(db.runner(changed).maintenance().diagnose().findings())
          .containsExactly(
              "\"002_b\" is executed but not in the code, and \"002_x\" has its number: if that is"
                  + " the same migration renamed, give it its old name again, or say so by"
                  + " @Migration(formerly = \"002_b\").",
              "⚠️ 003_c is executed and newer than every migration in the code: an older build is"
                  + " running, or its class was removed; tolerated");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void resolve_acts_only_on_the_attempt_that_somebody_has_looked_at(Kind kind) {
    MigrationRegistry failing =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_a").asNonTransactional(),
                h -> {
                  h.execute("create table a (id int)");
                  throw new IllegalStateException("boom");
                })
            .build();
    try (TestDatabase db = kind.open()) {
      MigrationMaintenance maintenance = db.runner(failing).maintenance();
      assertThatThrownBy(() -> maintenance.resolve("x", Resolution.MARK_EXECUTED, ""))
          .isInstanceOf(MigrationException.class)
          .hasMessage("Attempt \"x\" is not open. Nothing was changed. No attempt is open.");
      catchThrowableOfType(MigrationFailedException.class, () -> db.runner(failing).up());
      String attempt = maintenance.diagnose().openAttempt().orElseThrow();

      assertThatThrownBy(() -> maintenance.resolve("x", Resolution.MARK_EXECUTED, ""))
          .hasMessage(
              "Attempt \"x\" is not open. Nothing was changed. Open is "
                  + attempt
                  + " at \"001_a\".");
      maintenance.resolve(attempt, Resolution.MARK_NOT_EXECUTED, "will drop it");
      assertThat(db.history()).isEmpty();
      assertThat(db.journal()).containsExactly("001_a UP RESOLVED");
      assertThat(maintenance.diagnose().findings()).isEmpty();
      assertThatThrownBy(() -> maintenance.resolve(attempt, Resolution.MARK_EXECUTED, ""))
          .isInstanceOf(MigrationException.class);

      db.execute("drop table a");
      assertThat(db.runner(REGISTRY).up().completed()).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void resolve_of_a_down_decides_about_the_row(Kind kind) {
    record Stuck() implements JdbiMigration {
      @Override
      public void up(org.jdbi.v3.core.Handle handle) {}

      @Override
      public void down(org.jdbi.v3.core.Handle handle) {
        throw new IllegalStateException("boom");
      }
    }
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(MigrationDefinition.of("001_a").asNonTransactional(), new Stuck())
            .build();
    for (Resolution resolution :
        new Resolution[] {Resolution.MARK_EXECUTED, Resolution.MARK_NOT_EXECUTED}) {
      try (TestDatabase db = kind.open()) {
        db.runner(registry).up();
        catchThrowableOfType(MigrationFailedException.class, () -> db.runner(registry).down());
        InterruptedMigrationException interrupted =
            catchThrowableOfType(
                InterruptedMigrationException.class, () -> db.runner(registry).down());

        db.runner(registry).maintenance().resolve(interrupted.attempt(), resolution, "looked");

        assertThat(db.history()).hasSize(resolution == Resolution.MARK_EXECUTED ? 0 : 1);
      }
    }
  }
}
