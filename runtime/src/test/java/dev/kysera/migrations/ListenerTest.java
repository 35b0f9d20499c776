package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.TestDatabase.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners and loggers, also those that throw. */
class ListenerTest {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
          .add("002_b", h -> h.execute("create table b (id int)"))
          .build();

  private static final class Recorder implements MigrationListener {
    final List<String> events = new ArrayList<>();
    final String throwing;

    Recorder(String throwing) {
      this.throwing = throwing;
    }

    private void record(String event) {
      events.add(event);
      if (!throwing.isEmpty() && event.startsWith(throwing)) {
        throw new IllegalStateException("no " + event);
      }
    }

    @Override
    public void runStarted(MigrationPlan plan) {
      record("started " + plan.steps().size());
    }

    @Override
    public void beforeMigration(MigrationStep step) {
      record("before " + step.name());
    }

    @Override
    public void afterMigration(MigrationStep step, MigrationOutcome outcome) {
      record("after " + step.name() + " " + outcome.state());
    }

    @Override
    public void runFinished(MigrationResult result) {
      record("finished " + result.completed());
    }
  }

  private static MigrationRunner runner(TestDatabase db, MigrationListener listener) {
    return MigrationRunner.create(db.jdbi(), REGISTRY, db.options().listener(listener).build());
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_listener_is_told_everything_in_order(Kind kind) {
    try (TestDatabase db = kind.open()) {
      Recorder recorder = new Recorder("");
      runner(db, recorder).up();
      runner(db, recorder).up();
      runner(db, recorder).down(2);

      assertThat(recorder.events)
          .containsExactly(
              "started 2",
              "before 001_a",
              "after 001_a COMPLETED",
              "before 002_b",
              "after 002_b COMPLETED",
              "finished [001_a, 002_b]",
              "started 2",
              "before 001_a",
              "after 001_a COMPLETED",
              "finished [001_a]");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void one_that_throws_before_a_migration_vetoes_it(Kind kind) {
    try (TestDatabase db = kind.open()) {
      Recorder recorder = new Recorder("before 002_b");
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, () -> runner(db, recorder).up());

      assertThat(failure.getMessage())
          .isEqualTo(
              """
              Migration "002_b" failed while migrating up: no before 002_b
              Certain: it was not begun, it is not executed.
              Completed before it: 001_a. Not run: none.
              Next: satisfy the listener that has refused it, and run up() again.""");
      assertThat(recorder.events).endsWith("after 002_b FAILED", "finished [001_a]");
      assertThat(db.history()).containsExactly("001_a");
      assertThat(db.hasTable("b")).isFalse();
      assertThat(db.journal()).containsExactly("001_a UP EXECUTED");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void one_that_throws_at_the_start_vetoes_the_first(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class, () -> runner(db, new Recorder("started")).up());
      assertThat(failure.name()).isEqualTo("001_a");
      assertThat(failure.result().notRun()).containsExactly("002_b");
      assertThat(db.history()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_veto_shows_in_a_dry_run_too(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner dry =
          MigrationRunner.create(
              db.jdbi(),
              REGISTRY,
              db.options().dryRun(true).listener(new Recorder("started")).build());
      MigrationFailedException failure =
          catchThrowableOfType(MigrationFailedException.class, dry::up);
      assertThat(failure.result().dryRun()).isTrue();
      assertThat(failure.getMessage()).contains("Certain: it was not begun");
      assertThat(db.hasTable("migrations")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void one_that_throws_later_changes_nothing(Kind kind) {
    for (String event : List.of("after", "finished")) {
      try (TestDatabase db = kind.open()) {
        assertThat(runner(db, new Recorder(event)).up().completed())
            .containsExactly("001_a", "002_b");
        assertThat(db.history()).containsExactly("001_a", "002_b");
        assertThat(db.lines())
            .anyMatch(
                line ->
                    line.startsWith("⚠️ A listener has thrown in ")
                        && line.contains("no " + event));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_logger_that_throws_changes_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationOptions options =
          MigrationOptions.builder()
              .logger(
                  line -> {
                    throw new IllegalStateException(line);
                  })
              .build();
      assertThat(MigrationRunner.create(db.jdbi(), REGISTRY, options).up().completed()).hasSize(2);
      assertThat(db.history()).hasSize(2);
    }
  }
}
