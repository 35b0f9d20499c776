package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left, recorded and said after a migration has failed. */
class FailureTest {

  /** A migration written where it is used, with the class name that messages show. */
  private static MigrationRegistry registry(JdbiMigration second) {
    return MigrationRegistry.builder()
        .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
        .add("002_b", second)
        .add("003_c", h -> h.execute("create table c (id int)"))
        .build();
  }

  private static MigrationFailedException failureOf(MigrationRunner runner) {
    return catchThrowableOfType(MigrationFailedException.class, runner::up);
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_failure_that_committed_nothing_leaves_nothing_and_can_be_mended(Kind kind) {
    List<String> mended = new ArrayList<>();
    MigrationRegistry registry =
        registry(
            h -> {
              h.execute("insert into a values (1)");
              if (mended.isEmpty()) {
                throw new IllegalStateException("boom");
              }
            });
    try (TestDatabase db = kind.open()) {
      MigrationFailedException failure = failureOf(db.runner(registry));

      assertThat(failure.name()).isEqualTo("002_b");
      assertThat(failure.direction()).isEqualTo(Direction.UP);
      assertThat(failure).hasCauseInstanceOf(IllegalStateException.class);
      assertThat(failure.getMessage().replaceAll("\\(dev.kysera.*\\)", "(LAMBDA)"))
          .isEqualTo(
              """
              Migration "002_b" (LAMBDA) failed while migrating up: boom
              Certain: nothing of it was committed, it is not executed.
              Completed before it: 001_a. Not run: 003_c.
              Next: mend the migration and run up() again.""");
      assertThat(failure.result().outcomes())
          .extracting(MigrationOutcome::state)
          .containsExactly(State.COMPLETED, State.FAILED, State.NOT_RUN);
      assertThat(failure.result().failed().orElseThrow().error())
          .containsInstanceOf(IllegalStateException.class);
      assertThat(failure.result().notRun()).containsExactly("003_c");
      assertThat(db.history()).containsExactly("001_a");
      assertThat(db.strings("select id from a")).isEmpty();
      assertThat(db.journal()).containsExactly("001_a UP EXECUTED", "002_b UP FAILED");
      assertThat(db.strings("select error from migrations_journal where state = 'FAILED'"))
          .containsExactly("boom");
      assertThat(db.lines()).last().isEqualTo("✗ 002_b failed: boom");

      mended.add("yes");
      assertThat(db.runner(registry).up().completed()).containsExactly("002_b", "003_c");
      assertThat(db.strings("select id from a")).containsExactly("1");
    }
  }

  @Test
  void on_h2_a_failure_behind_ddl_stays_open_until_it_is_resolved() {
    MigrationRegistry registry =
        registry(
            h -> {
              h.execute("create table b (id int)");
              throw new IllegalStateException("boom");
            });
    try (TestDatabase db = Kind.H2.open()) {
      MigrationFailedException failure = failureOf(db.runner(registry));
      String attempt = db.strings("select id from migrations_journal where open_slot = 1").get(0);

      assertThat(failure.getMessage().replaceAll("\\(dev.kysera.*\\)", "(LAMBDA)"))
          .isEqualTo(
              """
              Migration "002_b" (LAMBDA) failed while migrating up: boom
              Certain: it is not executed completely. Not certain: what it did before it failed may be committed, since H2 commits on DDL (if its first statement failed, nothing is). Attempt %1$s stays open.
              Completed before it: 001_a. Not run: 003_c.
              Next: look at the database, undo or complete by hand what is half done, and say which it is by runner.maintenance().resolve("%1$s", Resolution.X, "why"): MARK_NOT_EXECUTED if nothing of it is left; MARK_EXECUTED if it is complete; RERUN if nothing of it is left and it is mended, to run it at once."""
                  .formatted(attempt));
      assertThat(db.hasTable("b")).isTrue();
      assertThat(db.history()).containsExactly("001_a");

      for (Runnable verb :
          List.<Runnable>of(
              () -> db.runner(registry).up(),
              () -> db.runner(registry).down(),
              () -> db.runner(registry).redo(),
              () -> db.runner(registry).plan(),
              () -> db.runner(registry).maintenance().baseline("003_c"))) {
        assertThatThrownBy(verb::run)
            .isInstanceOfSatisfying(
                InterruptedMigrationException.class,
                e -> {
                  assertThat(e.name()).isEqualTo("002_b");
                  assertThat(e.attempt()).isEqualTo(attempt);
                });
      }
      assertThat(db.runner(registry).status().pending()).hasSize(2);
      assertThat(db.runner(registry).maintenance().diagnose().openAttempt()).contains(attempt);

      db.execute("drop table b");
      MigrationRegistry mended = registry(h -> h.execute("create table b (id int)"));
      MigrationResult resolved =
          db.runner(mended).maintenance().resolve(attempt, Resolution.RERUN, "dropped b");
      assertThat(resolved.completed()).containsExactly("002_b");
      assertThat(db.history()).containsExactly("001_a", "002_b");
      assertThat(db.journal())
          .containsExactly("001_a UP EXECUTED", "002_b UP RESOLVED", "002_b UP EXECUTED");
      assertThat(db.strings("select note from migrations_journal where state = 'RESOLVED'").get(0))
          .startsWith("RERUN by ")
          .endsWith(": dropped b");
    }
  }

  @Test
  void on_sqlite_a_failure_behind_ddl_leaves_nothing() {
    MigrationRegistry registry =
        registry(
            h -> {
              h.execute("create table b (id int)");
              throw new IllegalStateException("boom");
            });
    try (TestDatabase db = Kind.SQLITE.open()) {
      assertThat(failureOf(db.runner(registry)).getMessage())
          .contains("Certain: nothing of it was committed, it is not executed.");
      assertThat(db.hasTable("b")).isFalse();
      assertThat(db.runner(registry).maintenance().diagnose().findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void whatever_is_thrown_is_the_cause(Kind kind) {
    for (Throwable thrown :
        List.of(
            new Exception("checked"),
            new AssertionError(),
            new StackOverflowError("deep"),
            new OutOfMemoryError("none left"),
            new LinkageError("missing"))) {
      MigrationRegistry registry =
          registry(
              h -> {
                h.execute("insert into a values (1)");
                FailureTest.<RuntimeException>sneak(thrown);
              });
      try (TestDatabase db = kind.open()) {
        MigrationFailedException failure = failureOf(db.runner(registry));
        assertThat(failure.getCause()).isSameAs(thrown);
        assertThat(failure.getMessage())
            .contains(
                thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage());
        assertThat(db.strings("select id from a")).isEmpty();
        assertThat(db.history()).containsExactly("001_a");
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_sql_failure_names_its_state_and_no_bound_value(Kind kind) {
    MigrationRegistry registry =
        registry(h -> h.execute("insert into nowhere values (?)", "hunter2"));
    try (TestDatabase db = kind.open()) {
      MigrationFailedException failure = failureOf(db.runner(registry));
      assertThat(failure.getMessage()).containsIgnoringCase("nowhere");
      assertThat(failure.getMessage()).doesNotContain("hunter2");
      assertThat(db.lines()).noneMatch(line -> line.contains("hunter2"));
      assertThat(db.strings("select error from migrations_journal where error is not null"))
          .noneMatch(error -> error.contains("hunter2"));
      assertThat(failure).hasCauseInstanceOf(JdbiException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_broken_constraint_shows_no_value_of_a_row(Kind kind) {
    for (JdbiMigration migration :
        List.<JdbiMigration>of(
            h -> {
              h.execute("insert into secrets values (?, 1)", "ada's hunter2");
              h.execute("insert into secrets values (?, 1)", "ada's hunter2");
            },
            h -> h.execute("update secrets set number = cast(? as int)", "hunter2"),
            h -> h.execute("insert into secrets values (?, 1)", "hunter2".repeat(9)))) {
      try (TestDatabase db = kind.open()) {
        db.execute(
            "create table secrets (word varchar(20) primary key check (length(word) < 21), number"
                + " int)");
        db.execute("insert into secrets values ('x', 0)");
        String said = "";
        try {
          db.runner(registry(migration)).up();
        } catch (MigrationFailedException e) {
          said = e.getMessage();
        }
        assertThat(said).doesNotContain("hunter2");
        assertThat(db.lines()).noneMatch(line -> line.contains("hunter2"));
        assertThat(db.strings("select error from migrations_journal where error is not null"))
            .noneMatch(error -> error.contains("hunter2"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void one_that_commits_by_itself_is_recorded_with_a_warning(Kind kind) {
    List<JdbiMigration> committing = new ArrayList<>();
    committing.add(
        h -> {
          h.execute("insert into a values (1)");
          h.commit();
        });
    committing.add(
        h -> {
          h.execute("insert into a values (1)");
          h.getConnection().setAutoCommit(true);
        });
    if (kind == Kind.SQLITE) {
      committing.add(
          h -> {
            h.execute("insert into a values (1)");
            h.getConnection().commit();
          });
      committing.add(
          h -> {
            h.execute("insert into a values (1)");
            h.execute("commit");
          });
      committing.add(
          h -> {
            h.begin();
            h.execute("insert into a values (1)");
            h.commit();
          });
    }
    for (JdbiMigration migration : committing) {
      try (TestDatabase db = kind.open()) {
        MigrationResult result = db.runner(registry(migration)).up();
        assertThat(result.completed()).containsExactly("001_a", "002_b", "003_c");
        assertThat(db.strings("select id from a")).containsExactly("1");
        assertThat(db.history()).containsExactly("001_a", "002_b", "003_c");
        assertThat(db.lines())
            .contains(
                "⚠️ 002_b has committed by itself; it is recorded as done, but it could not have"
                    + " been rolled back");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void one_that_rolls_back_by_itself_fails_and_stays_open(Kind kind) {
    for (JdbiMigration migration :
        List.<JdbiMigration>of(
            Handle::rollback,
            h -> h.getConnection().rollback(),
            h -> {
              h.rollback();
              throw new IllegalStateException("given up");
            })) {
      try (TestDatabase db = kind.open()) {
        MigrationFailedException failure = failureOf(db.runner(registry(migration)));
        assertThat(failure.getMessage()).contains("stays open.");
        assertThat(db.history()).containsExactly("001_a");
        assertThatThrownBy(() -> db.runner(registry(migration)).up())
            .isInstanceOf(InterruptedMigrationException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void one_that_closes_the_handle_fails_and_stays_open(Kind kind) {
    for (JdbiMigration migration :
        List.<JdbiMigration>of(
            h -> {
              try {
                h.close();
              } catch (JdbiException e) {
                // JDBI tells that it has rolled back.
              }
            },
            Handle::close)) {
      try (TestDatabase db = kind.open()) {
        MigrationFailedException failure = failureOf(db.runner(registry(migration)));
        assertThat(failure.getMessage()).contains("stays open.");
        assertThat(failure.name()).isEqualTo("002_b");
        assertThat(db.history()).containsExactly("001_a");
        assertThatThrownBy(() -> db.runner(registry(migration)).up())
            .isInstanceOf(InterruptedMigrationException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void one_that_leaves_settings_changed_hands_the_next_one_the_original(Kind kind) {
    List<String> seen = new ArrayList<>();
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  settingsChangedOn(kind).forEach(h::execute);
                  // The driver of PostgreSQL refuses inside a transaction, that of DuckDB always.
                  if (kind != Kind.POSTGRESQL && kind != Kind.DUCKDB) {
                    h.getConnection().setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                  }
                })
            .add("002_b", h -> seen.add(String.valueOf(h.getConnection().getSchema())))
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(registry).up();
      assertThat(seen)
          .containsExactly(
              switch (kind) {
                case H2, HSQLDB -> "PUBLIC";
                case POSTGRESQL -> "public";
                case SQLITE, MARIADB, MYSQL -> "null";
                case DERBY -> "APP";
                case DUCKDB -> "main";
              });
      assertThat(db.history()).containsExactly("001_a", "002_b");
    }
  }

  /** What a script might set; a closing database compares every one of them. */
  private static List<String> settingsChangedOn(Kind kind) {
    return switch (kind) {
      case H2 -> List.of("create schema other", "set schema other", "set lock_timeout 1");
      case SQLITE -> List.of("pragma busy_timeout = 1");
      case POSTGRESQL ->
          List.of(
              "set search_path = ''",
              "set lock_timeout = 1",
              "set statement_timeout = 100000",
              "set session characteristics as transaction isolation level serializable",
              "set timezone = 'Asia/Tokyo'",
              "set client_min_messages = error",
              "set check_function_bodies = off",
              "set row_security = off");
      case HSQLDB -> List.of("create schema other", "set schema other");
      case DERBY -> List.of("create schema other", "set schema other");
      case DUCKDB -> List.of("create schema other", "set schema = 'other'");
      case MARIADB, MYSQL ->
          List.of(
              "use mysql",
              "set session sql_mode = ''",
              "set foreign_key_checks = 0",
              "set unique_checks = 0",
              "set lock_wait_timeout = 1",
              "set innodb_lock_wait_timeout = 1",
              "set time_zone = '+09:00'");
    };
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_interrupt_inside_a_migration_is_handed_on_when_the_run_is_over(Kind kind) {
    List<Boolean> seen = new ArrayList<>();
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> Thread.currentThread().interrupt())
            .add("002_b", h -> seen.add(Thread.currentThread().isInterrupted()))
            .build();
    try (TestDatabase db = kind.openFile()) {
      db.runner(registry).up();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(seen).containsExactly(false);
      assertThat(db.history()).containsExactly("001_a", "002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_down_that_fails_leaves_the_migration_executed(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
            .add(
                "002_b",
                h -> h.execute("create table b (id int)"),
                h -> {
                  throw new IllegalStateException("not today");
                })
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(registry).up();
      db.takeLines();
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> db.runner(registry).down(2));

      assertThat(failure.direction()).isEqualTo(Direction.DOWN);
      assertThat(failure.getMessage().replaceAll("\\(dev.kysera.*\\)", "(CLASS)"))
          .isEqualTo(
              """
              Migration "002_b" (CLASS) failed while rolling back: not today
              Certain: nothing of it was committed, it is still executed.
              Completed before it: none. Not run: 001_a.
              Next: mend the migration and roll back again.""");
      assertThat(db.lines())
          .containsExactly("↓ Rolling back 002_b...", "✗ 002_b rollback failed: not today");
      assertThat(db.history()).containsExactly("001_a", "002_b");
      assertThat(db.journal())
          .containsExactly("001_a UP EXECUTED", "002_b UP EXECUTED", "002_b DOWN FAILED");
    }
  }
}
