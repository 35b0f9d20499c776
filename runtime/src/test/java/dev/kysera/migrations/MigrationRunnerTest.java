package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.MigrationOutcome.State;
import dev.kysera.migrations.TestDatabase.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verbs on a database, seen by their results, their lines and the tables. */
class MigrationRunnerTest {

  private static final MigrationRegistry BLOG =
      MigrationRegistry.builder()
          .add(
              "001_create_users",
              h -> h.execute("create table users (id int)"),
              h -> h.execute("drop table users"))
          .add(
              "002_create_posts",
              h -> h.execute("create table posts (id int)"),
              h -> h.execute("drop table posts"))
          .add(
              "003_create_tags",
              h -> h.execute("create table tags (id int)"),
              h -> h.execute("drop table tags"))
          .build();

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void up_on_an_empty_database_executes_everything_in_order(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationResult result = db.runner(BLOG).up();

      assertThat(result.completed())
          .containsExactly("001_create_users", "002_create_posts", "003_create_tags");
      assertThat(result.outcomes())
          .extracting(MigrationOutcome::state)
          .containsOnly(State.COMPLETED);
      assertThat(result.direction()).isEqualTo(Direction.UP);
      assertThat(result.dryRun()).isFalse();
      assertThat(result.failed()).isEmpty();
      assertThat(db.history())
          .containsExactly("001_create_users", "002_create_posts", "003_create_tags");
      assertThat(db.journal())
          .containsExactly(
              "001_create_users UP EXECUTED",
              "002_create_posts UP EXECUTED",
              "003_create_tags UP EXECUTED");
      assertThat(db.hasTable("tags")).isTrue();
      assertThat(withoutTimes(db.takeLines()))
          .containsExactly(
              "↑ Running 001_create_users...",
              "✓ 001_create_users completed",
              "↑ Running 002_create_posts...",
              "✓ 002_create_posts completed",
              "↑ Running 003_create_tags...",
              "✓ 003_create_tags completed",
              "✅ All migrations completed successfully (3 completed)");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void up_again_does_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(BLOG).up();
      db.takeLines();

      MigrationResult result = db.runner(BLOG).up();

      assertThat(result.outcomes()).isEmpty();
      assertThat(db.lines())
          .containsExactly("✓ 3 migrations already executed", "✅ No pending migrations");
      assertThat(db.journal()).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void upTo_stops_behind_its_target(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationResult result = db.runner(BLOG).upTo("002_create_posts");

      assertThat(result.completed()).containsExactly("001_create_users", "002_create_posts");
      assertThat(db.history()).containsExactly("001_create_users", "002_create_posts");
      assertThat(db.lines()).last().isEqualTo("✅ Migrated up to 002_create_posts");
      db.takeLines();

      assertThat(db.runner(BLOG).upTo("001_create_users").outcomes()).isEmpty();
      assertThat(db.lines())
          .containsExactly("✓ 2 migrations already executed", "✅ Migrated up to 001_create_users");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void down_undoes_the_last_executed_first(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(BLOG).up();
      db.takeLines();

      MigrationResult result = db.runner(BLOG).down(2);

      assertThat(result.completed()).containsExactly("003_create_tags", "002_create_posts");
      assertThat(result.direction()).isEqualTo(Direction.DOWN);
      assertThat(db.history()).containsExactly("001_create_users");
      assertThat(db.hasTable("posts")).isFalse();
      assertThat(db.hasTable("users")).isTrue();
      assertThat(withoutTimes(db.lines()))
          .containsExactly(
              "↓ Rolling back 003_create_tags...",
              "✓ 003_create_tags rolled back",
              "↓ Rolling back 002_create_posts...",
              "✓ 002_create_posts rolled back",
              "✅ Rollback completed successfully (2 rolled back)");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void down_and_up_again_simply_run_again(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(BLOG).up();
      db.runner(BLOG).down(2);

      assertThat(db.runner(BLOG).up().completed())
          .containsExactly("002_create_posts", "003_create_tags");
      assertThat(db.runner(BLOG).down().completed()).containsExactly("003_create_tags");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void downTo_leaves_its_target_executed(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(BLOG).up();

      assertThat(db.runner(BLOG).downTo("001_create_users").completed())
          .containsExactly("003_create_tags", "002_create_posts");
      assertThat(db.history()).containsExactly("001_create_users");
      assertThat(db.runner(BLOG).downTo("001_create_users").outcomes()).isEmpty();
      assertThat(db.lines())
          .last()
          .isEqualTo("✅ 001_create_users is the last executed migration already");

      assertThatThrownBy(() -> db.runner(BLOG).downTo("003_create_tags"))
          .isInstanceOf(UnknownMigrationException.class)
          .hasMessage(
              "Migration \"003_create_tags\" is pending, so nothing can be rolled back down to it."
                  + " Nothing was changed. upTo(\"003_create_tags\") would execute it.");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void redo_undoes_the_last_one_and_executes_it_again(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(BLOG).up();
      db.takeLines();

      MigrationResult result = db.runner(BLOG).redo();

      assertThat(result.direction()).isEqualTo(Direction.UP);
      assertThat(result.outcomes())
          .extracting(MigrationOutcome::direction)
          .containsExactly(Direction.DOWN, Direction.UP);
      assertThat(result.completed()).containsExactly("003_create_tags", "003_create_tags");
      assertThat(db.history()).hasSize(3);
      assertThat(withoutTimes(db.lines()))
          .containsExactly(
              "↓ Rolling back 003_create_tags...",
              "✓ 003_create_tags rolled back",
              "↑ Running 003_create_tags...",
              "✓ 003_create_tags completed",
              "✅ Redone 003_create_tags");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void reset_undoes_everything(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(BLOG).up();
      db.takeLines();

      assertThat(db.runner(BLOG).reset().completed()).hasSize(3);

      assertThat(db.history()).isEmpty();
      assertThat(db.hasTable("users")).isFalse();
      assertThat(db.lines()).first().isEqualTo("⚠️ Resetting 3 migrations...");
      assertThat(db.lines()).last().isEqualTo("✅ All migrations reset");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void verbs_that_go_down_on_an_empty_database_say_that_there_is_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      assertThat(db.runner(BLOG).down().outcomes()).isEmpty();
      assertThat(db.runner(BLOG).reset().outcomes()).isEmpty();
      assertThat(db.runner(BLOG).redo().outcomes()).isEmpty();

      assertThat(db.lines()).containsOnly("⚠️ No executed migrations to roll back").hasSize(3);
      assertThat(db.hasTable("migrations")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_migration_without_down_is_skipped_and_uses_up_its_step(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
            .add("002_b", h -> h.execute("create table b (id int)"))
            .add("003_c", h -> h.execute("create table c (id int)"), h -> h.execute("drop table c"))
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(registry).up();
      db.takeLines();

      MigrationResult result = db.runner(registry).down(2);

      assertThat(result.completed()).containsExactly("003_c");
      assertThat(result.skipped()).containsExactly("002_b");
      assertThat(db.history()).containsExactly("001_a", "002_b");
      assertThat(withoutTimes(db.takeLines()))
          .containsExactly(
              "↓ Rolling back 003_c...",
              "✓ 003_c rolled back",
              "⚠️ 002_b has no down method, skipped",
              "⚠️ Rollback completed: 1 rolled back, 1 skipped");

      MigrationResult reset = db.runner(registry).reset();
      assertThat(reset.completed()).containsExactly("001_a");
      assertThat(db.lines()).last().isEqualTo("⚠️ Rollback completed: 1 rolled back, 1 skipped");

      assertThat(db.runner(registry).up().completed()).containsExactly("001_a", "003_c");
      assertThat(db.history()).containsExactly("001_a", "002_b", "003_c");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_irreversible_one_is_refused_by_redo_and_by_policy(Kind kind) {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
            .add("002_b", h -> h.execute("create table b (id int)"))
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(registry).up();
      String message =
          "Nothing was rolled back, because there is no way back:\n"
              + "- \"002_b\" has no down method. Override down(Handle).";

      assertThatThrownBy(() -> db.runner(registry).redo())
          .isInstanceOf(IrreversibleMigrationException.class)
          .hasMessage(message);
      MigrationRunner strict =
          MigrationRunner.create(
              db.jdbi(), registry, db.options().irreversible(IrreversiblePolicy.REFUSE).build());
      assertThatThrownBy(() -> strict.down(2))
          .isInstanceOf(IrreversibleMigrationException.class)
          .hasMessage(message);
      assertThat(db.history()).containsExactly("001_a", "002_b");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void down_refuses_less_than_one_step(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(BLOG).up();
      for (int steps : List.of(0, -1)) {
        assertThatThrownBy(() -> db.runner(BLOG).down(steps))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "down needs a number of steps of at least 1; found "
                    + steps
                    + ". Nothing was changed.");
      }
      assertThat(db.history()).hasSize(3);
      assertThat(db.runner(BLOG).down(99).completed()).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void status_compares_and_logs_and_writes_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add("001_create_users", h -> h.execute("create table users (id int)"))
              .add(
                  MigrationDefinition.of("002_drop_legacy")
                      .withDescription("Removes old columns")
                      .asBreaking(),
                  h -> {})
              .build();
      assertThat(db.runner(registry).status().pending()).hasSize(2);
      assertThat(db.hasTable("migrations")).isFalse();
      db.runner(registry).upTo("001_create_users");
      db.takeLines();

      MigrationStatus status = db.runner(registry).status();

      assertThat(status.executed())
          .extracting(ExecutedMigration::name)
          .containsExactly("001_create_users");
      assertThat(status.executed().get(0).duration()).isPresent();
      assertThat(Duration.between(status.executed().get(0).executedAt(), java.time.Instant.now()))
          .isBetween(Duration.ofSeconds(-2), Duration.ofMinutes(1));
      assertThat(status.pending())
          .extracting(MigrationDefinition::name)
          .containsExactly("002_drop_legacy");
      assertThat(status.total()).isEqualTo(2);
      assertThat(status)
          .hasToString(
              """
              📊 Migration Status:
                ✅ Executed: 1
                ⏳ Pending: 1

              Executed migrations:
                ✓ 001_create_users

              Pending migrations:
                - 002_drop_legacy - Removes old columns ⚠️ BREAKING""");
      assertThat(db.lines())
          .containsExactlyElementsOf(
              status.toString().lines().filter(line -> !line.isEmpty()).toList());
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_dry_run_writes_nothing_at_all(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner dry =
          MigrationRunner.create(db.jdbi(), BLOG, db.options().dryRun(true).build());

      MigrationResult result = dry.up();

      assertThat(result.planned()).hasSize(3);
      assertThat(result.completed()).isEmpty();
      assertThat(result.dryRun()).isTrue();
      assertThat(db.hasTable("migrations")).isFalse();
      assertThat(db.hasTable("users")).isFalse();
      assertThat(db.takeLines())
          .containsExactly(
              "🔍 DRY RUN - No changes will be made",
              "↑ Would run 001_create_users",
              "↑ Would run 002_create_posts",
              "↑ Would run 003_create_tags",
              "🔍 Would run 3 migrations; nothing was changed");

      db.runner(BLOG).up();
      db.takeLines();
      assertThat(dry.down(2).planned()).containsExactly("003_create_tags", "002_create_posts");
      assertThat(db.history()).hasSize(3);
      assertThat(db.lines())
          .containsExactly(
              "🔍 DRY RUN - No changes will be made",
              "↓ Would roll back 003_create_tags",
              "↓ Would roll back 002_create_posts",
              "🔍 Would roll back 2 migrations; nothing was changed");
    }
  }

  /** Takes the measured times out of lines. */
  static List<String> withoutTimes(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll(" \\(\\d+ ms\\)$", "")).toList();
  }
}
