package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.TestDatabase.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All migrations of a run in one transaction. */
class TransactionModeTest {

  private static MigrationRunner runner(TestDatabase db, MigrationRegistry registry) {
    return MigrationRunner.create(
        db.jdbi(), registry, db.options().transactions(TransactionMode.PER_RUN).build());
  }

  private static MigrationRegistry.Builder two() {
    return MigrationRegistry.builder()
        .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
        .add("002_b", h -> h.execute("create table b (id int)"), h -> h.execute("drop table b"));
  }

  @Test
  void on_sqlite_a_run_is_all_or_nothing() {
    MigrationRegistry failing =
        two()
            .add(
                "003_c",
                h -> {
                  throw new IllegalStateException("boom");
                })
            .add("004_d", h -> {})
            .build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> runner(db, failing).up());

      assertThat(failure.result().outcomes())
          .extracting(MigrationOutcome::state)
          .containsExactly(State.ROLLED_BACK, State.ROLLED_BACK, State.FAILED, State.NOT_RUN);
      assertThat(failure.result().completed()).isEmpty();
      assertThat(failure.getMessage())
          .contains("Certain: nothing of it was committed")
          .contains("Rolled back with it: 001_a, 002_b. Not run: 004_d.");
      assertThat(db.history()).isEmpty();
      assertThat(db.hasTable("a")).isFalse();
      assertThat(db.journal()).containsExactly("003_c UP FAILED");
      assertThat(db.lines())
          .endsWith("⚠️ Rolled back with it: 001_a, 002_b", "✗ 003_c failed: boom");

      assertThat(runner(db, two().build()).up().completed()).containsExactly("001_a", "002_b");
      assertThat(db.history()).containsExactly("001_a", "002_b");
      assertThat(runner(db, two().build()).reset().completed()).containsExactly("002_b", "001_a");
      assertThat(db.history()).isEmpty();
    }
  }

  @Test
  void on_sqlite_one_that_commits_by_itself_ends_the_common_transaction_truthfully() {
    MigrationRegistry committing =
        two()
            .add("003_c", h -> h.getConnection().commit())
            .add("004_d", h -> h.execute("create table d (id int)"))
            .add(
                "005_e",
                h -> {
                  throw new IllegalStateException("boom");
                })
            .build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> runner(db, committing).up());

      assertThat(db.history()).containsExactly("001_a", "002_b", "003_c");
      assertThat(failure.result().completed()).containsExactly("001_a", "002_b", "003_c");
      assertThat(db.hasTable("d")).isFalse();
      assertThatThrownBy(() -> runner(db, committing).up())
          .isInstanceOf(MigrationFailedException.class)
          .hasMessageContaining("Rolled back with it: 004_d.");
    }
  }

  @Test
  void on_h2_it_is_refused_before_the_first_step() {
    try (TestDatabase db = Kind.H2.open()) {
      assertThatThrownBy(() -> runner(db, two().build()).up())
          .isInstanceOf(MigrationException.class)
          .hasMessage(
              "TransactionMode.PER_RUN is not possible on H2, which commits on DDL. Nothing was"
                  + " changed. Use PER_MIGRATION.");
      assertThat(db.hasTable("migrations")).isFalse();
      assertThat(db.hasTable("a")).isFalse();
    }
  }

  @Test
  void with_one_that_runs_outside_a_transaction_it_is_refused() {
    MigrationRegistry registry =
        two()
            .add(
                MigrationDefinition.of("003_vacuum").asNonTransactional(), h -> h.execute("vacuum"))
            .build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      assertThatThrownBy(() -> runner(db, registry).up())
          .isInstanceOf(MigrationException.class)
          .hasMessage(
              "TransactionMode.PER_RUN is not possible with migrations that run outside a"
                  + " transaction: \"003_vacuum\". Nothing was changed. Use PER_MIGRATION.");
      assertThat(db.hasTable("migrations")).isFalse();

      assertThat(db.runner(registry).up().completed()).hasSize(3);
      assertThat(db.history()).isEqualTo(List.of("001_a", "002_b", "003_vacuum"));
    }
  }

  @Test
  void one_outside_a_transaction_that_fails_stays_open_also_on_sqlite() {
    MigrationRegistry registry =
        two()
            .add(
                MigrationDefinition.of("003_c").asNonTransactional(),
                h -> {
                  h.execute("create table c (id int)");
                  throw new IllegalStateException("boom");
                })
            .build();
    try (TestDatabase db = Kind.SQLITE.open()) {
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> db.runner(registry).up());
      assertThat(failure.getMessage())
          .contains("what it did before it failed may be committed. Attempt ");
      InterruptedMigrationException interrupted =
          catchThrowableOfType(InterruptedMigrationException.class, () -> db.runner(registry).up());
      assertThat(interrupted.name()).isEqualTo("003_c");

      db.runner(registry)
          .maintenance()
          .resolve(interrupted.attempt(), Resolution.MARK_EXECUTED, "complete by hand");
      assertThat(db.history()).containsExactly("001_a", "002_b", "003_c");
      assertThat(db.runner(registry).up().outcomes()).isEmpty();
      assertThat(db.runner(registry).executedMigrations())
          .containsExactly("001_a", "002_b", "003_c");
    }
  }
}
