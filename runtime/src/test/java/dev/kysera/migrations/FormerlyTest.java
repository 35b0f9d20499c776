package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.ExecutedMigration.Verification;
import dev.kysera.migrations.TestDatabase.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A migration was renamed, and its old name is in the history. */
class FormerlyTest {

  private record Nothing() implements JdbiMigration {
    @Override
    public void up(Handle handle) {}

    @Override
    public void down(Handle handle) {}
  }

  private static MigrationRegistry of(String... names) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (String name : names) {
      builder.add(name, new Nothing());
    }
    return builder.build();
  }

  private static MigrationRegistry renamed(JdbiMigration second, String... others) {
    MigrationRegistry.Builder builder =
        MigrationRegistry.builder()
            .add("001_a", new Nothing())
            .add(MigrationDefinition.of("002_new").withFormerly("000_oldest", "002_old"), second);
    for (String name : others) {
      builder.add(name, new Nothing());
    }
    return builder.build();
  }

  private static final MigrationRegistry OLD = of("001_a", "002_old", "003_c");
  private static final MigrationRegistry NEW = renamed(new Nothing(), "003_c");
  private static final MigrationRegistry MORE = renamed(new Nothing(), "003_c", "004_d");

  private static final String LINE = "✎ 002_old is now 002_new in the history";

  private static final String TWICE =
      "\"002_old\" is executed, and so is \"002_new\", which was named so formerly: the history has"
          + " one migration twice. Look at the database, and delete the row that is not true from"
          + " the history.";

  private static List<String> rows(TestDatabase db, String columns) {
    return db.strings("select " + columns + " from migrations_journal order by seq");
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void readers_see_the_new_name_and_write_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).up();
      db.takeLines();
      MigrationRunner runner = db.runner(NEW);

      assertThat(runner.executedMigrations()).containsExactly("001_a", "002_new", "003_c");
      assertThat(runner.status().unknown()).isEmpty();
      assertThat(runner.status().executed())
          .extracting(ExecutedMigration::name)
          .containsExactly("001_a", "002_new", "003_c");
      assertThat(runner.plan().steps()).isEmpty();
      assertThat(runner.maintenance().diagnose().findings()).isEmpty();
      runner.check();
      runner.awaitCurrent(Duration.ZERO);
      assertThat(runner.maintenance().baseline("003_c").outcomes()).isEmpty();
      assertThat(db.history()).containsExactly("001_a", "002_old", "003_c");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void going_up_renames_it_with_nothing_else_to_do(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).up();
      db.execute("update migrations set executed_at = '2020-02-03 04:05:06'");
      List<ExecutedMigration> before = db.runner(NEW).status().executed();
      db.takeLines();

      assertThat(db.runner(NEW).up().outcomes()).isEmpty();
      assertThat(db.takeLines())
          .containsExactly(LINE, "✓ 3 migrations already executed", "✅ No pending migrations");
      assertThat(db.history()).containsExactly("001_a", "002_new", "003_c");
      assertThat(rows(db, "name")).containsExactly("001_a", "002_new", "003_c");
      assertThat(rows(db, "current_of")).containsExactly("001_a", "002_new", "003_c");
      assertThat(rows(db, "note")).containsExactly(null, "formerly 002_old", null);
      assertThat(rows(db, "open_slot")).containsOnlyNulls();
      assertThat(db.runner(NEW).status().executed()).isEqualTo(before);
      assertThat(db.runner(of("001_a", "002_new", "003_c")).up().outcomes()).isEmpty();

      db.takeLines();
      db.runner(NEW).up();
      assertThat(db.takeLines())
          .containsExactly("✓ 3 migrations already executed", "✅ No pending migrations");
    }
  }

  /** An older build neither runs the migration again nor takes its new name for a newer one. */
  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_older_build_stops_at_the_new_name(Kind kind) {
    for (MigrationRegistry older : List.of(OLD, of("001_a", "002_old"))) {
      try (TestDatabase db = kind.open()) {
        db.runner(older).up();
        db.runner(NEW).up();
        List<String> history = db.history();

        MigrationRunner runner = db.runner(older);
        String unknown =
            "\"002_new\" is executed but not in the code, and \"002_old\" has its number";
        assertThatThrownBy(runner::up)
            .isInstanceOf(InconsistentHistoryException.class)
            .hasMessageContaining(unknown);
        assertThatThrownBy(runner::check)
            .isInstanceOf(InconsistentHistoryException.class)
            .hasMessageContaining(unknown);
        assertThat(db.history()).isEqualTo(history).contains("002_new");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void every_verb_that_writes_renames_it_first(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).up();
      db.takeLines();
      assertThat(db.runner(MORE).upTo("004_d").completed()).containsExactly("004_d");
      assertThat(db.takeLines()).startsWith(LINE, "✓ 3 migrations already executed");
      assertThat(db.history()).containsExactly("001_a", "002_new", "003_c", "004_d");
    }
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).up();
      assertThat(db.runner(NEW).down(2).completed()).containsExactly("003_c", "002_new");
      assertThat(db.history()).containsExactly("001_a");
      assertThat(db.journal())
          .containsExactly(
              "001_a UP EXECUTED",
              "002_new UP EXECUTED",
              "003_c UP EXECUTED",
              "003_c DOWN REVERTED",
              "002_new DOWN REVERTED");
    }
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).upTo("002_old");
      assertThat(db.runner(NEW).redo().completed()).containsExactly("002_new", "002_new");
      assertThat(db.runner(NEW).reset().completed()).containsExactly("002_new", "001_a");
    }
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).upTo("002_old");
      assertThat(db.runner(NEW).downTo("002_new").outcomes()).isEmpty();
      assertThat(db.history()).containsExactly("001_a", "002_new");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_dry_run_only_says_so(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).up();
      db.takeLines();
      MigrationRunner.create(db.jdbi(), NEW, db.options().dryRun(true).build()).up();
      assertThat(db.takeLines())
          .containsExactly(
              "🔍 DRY RUN - No changes will be made",
              "✎ Would rename 002_old to 002_new in the history",
              "✓ 3 migrations already executed",
              "✅ No pending migrations");
      assertThat(db.history()).containsExactly("001_a", "002_old", "003_c");
      assertThat(rows(db, "note")).containsOnlyNulls();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void the_old_name_and_the_new_one_together_are_a_contradiction(Kind kind) {
    String inconsistent =
        "The history and the code do not fit, so nothing more is run.\n- " + TWICE;
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).up();
      db.execute("insert into migrations (name) values ('002_new')");

      MigrationRunner runner = db.runner(NEW);
      for (Runnable verb :
          List.<Runnable>of(
              runner::up,
              () -> runner.upTo("001_a"),
              runner::plan,
              runner::down,
              runner::redo,
              runner::reset)) {
        assertThatThrownBy(verb::run)
            .isInstanceOf(InconsistentHistoryException.class)
            .hasMessage(inconsistent);
      }
      assertThatThrownBy(runner::check)
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessageContaining("\n- " + TWICE + "\n");
      assertThat(runner.status().unknown()).containsExactly("002_old");
      assertThat(runner.maintenance().diagnose().findings()).containsExactly(TWICE);
      assertThat(db.history()).containsExactly("001_a", "002_new", "002_old", "003_c");

      db.execute("delete from migrations where name = '002_new'");
      runner.up();
      assertThat(db.history()).containsExactly("001_a", "002_new", "003_c");
    }
    try (TestDatabase db = kind.open()) { // also where the old number is above all
      db.runner(of("001_a", "009_z")).up();
      db.execute("insert into migrations (name) values ('002_b')");
      MigrationRegistry lower =
          MigrationRegistry.builder()
              .add("001_a", new Nothing())
              .add(MigrationDefinition.of("002_b").withFormerly("009_z"), new Nothing())
              .build();
      assertThatThrownBy(() -> db.runner(lower).up())
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessageContaining("the history has one migration twice");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_row_that_somebody_else_wrote_is_adopted_and_renamed(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).setup();
      db.execute("insert into migrations (name) values ('001_a')");
      db.execute("insert into migrations (name) values ('002_old')");
      assertThat(db.runner(NEW).up().completed()).containsExactly("003_c");
      assertThat(db.journal())
          .containsExactly("001_a UP ADOPTED", "002_new UP ADOPTED", "003_c UP EXECUTED");
      assertThat(rows(db, "note")).containsExactly(null, "formerly 002_old", null);
      assertThat(rows(db, "current_of")).containsExactly("001_a", "002_new", "003_c");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void what_was_executed_and_undone_under_the_old_name_may_run_again(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(OLD).upTo("002_old");
      db.runner(OLD).down();
      db.runner(of("001_a", "003_c")).up();
      assertThat(db.runner(NEW).up().completed()).containsExactly("002_new");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_rename_is_no_edit_and_an_edit_is_told_by_the_new_name(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(OLD.withFingerprints("002_old 1:ba 1:bd")).up();
      MigrationRegistry same = NEW.withFingerprints("002_new 1:ba 1:bd");
      MigrationRegistry edited = NEW.withFingerprints("002_new 1:xx 1:bd");

      assertThat(db.runner(same).status().executed().get(1).verification())
          .isEqualTo(Verification.VERIFIED);
      assertThat(db.runner(edited).status().executed().get(1).verification())
          .isEqualTo(Verification.CHANGED);
      db.runner(edited).maintenance().accept("002_new", "why");
      db.takeLines();
      db.runner(edited).up();
      assertThat(db.takeLines())
          .containsExactly(LINE, "✓ 3 migrations already executed", "✅ No pending migrations");
      assertThat(rows(db, "name")).containsExactly("001_a", "002_new", "003_c", "002_new");
      assertThat(rows(db, "note").get(3))
          .startsWith("formerly 002_old; by ")
          .endsWith("1:ba, down 1:bd: why");
      assertThat(rows(db, "current_of")).containsExactly("001_a", "002_new", "003_c", null);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_name_may_change_in_upper_and_lower_case_alone(Kind kind) {
    MigrationRegistry lower =
        MigrationRegistry.builder()
            .add(MigrationDefinition.of("001_a").withFormerly("001_A"), new Nothing())
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(of("001_A")).up();
      assertThat(db.runner(lower).up().outcomes()).isEmpty();
      assertThat(db.history()).containsExactly("001_a");
      assertThat(rows(db, "current_of")).containsExactly("001_a");
      assertThat(db.runner(of("001_a")).up().outcomes()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void an_interrupted_attempt_keeps_its_old_name_until_it_is_decided(Kind kind) {
    MigrationRegistry failing =
        MigrationRegistry.builder()
            .add("001_a", new Nothing())
            .add(
                MigrationDefinition.of("002_old").asNonTransactional(),
                h -> {
                  throw new IllegalStateException("boom");
                })
            .build();
    for (Resolution resolution : Resolution.values()) {
      try (TestDatabase db = kind.open()) {
        catchThrowableOfType(MigrationFailedException.class, () -> db.runner(failing).up());
        InterruptedMigrationException interrupted =
            catchThrowableOfType(InterruptedMigrationException.class, () -> db.runner(NEW).up());
        assertThat(interrupted.name()).isEqualTo("002_old");
        assertThat(rows(db, "name")).containsExactly("001_a", "002_old");

        MigrationResult result =
            db.runner(NEW).maintenance().resolve(interrupted.attempt(), resolution, "seen");
        assertThat(result.completed())
            .isEqualTo(resolution == Resolution.RERUN ? List.of("002_new") : List.<String>of());
        db.runner(NEW).up();
        assertThat(db.history()).containsExactly("001_a", "002_new", "003_c");
      }
    }
  }

  /** What is half done holds the slot then, and the rest of the run needs the new names. */
  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void it_is_renamed_also_where_a_half_done_migration_is_run_again(Kind kind) {
    AtomicBoolean broken = new AtomicBoolean(true);
    JdbiMigration third =
        new JdbiMigration() {
          @Override
          public void up(Handle handle) {}

          @Override
          public void down(Handle handle) {
            if (broken.get()) {
              throw new IllegalStateException("boom");
            }
          }
        };
    MigrationDefinition rerunnable =
        MigrationDefinition.of("003_c").asNonTransactional().asRerunnable();
    MigrationRegistry old =
        MigrationRegistry.builder()
            .add("001_a", new Nothing())
            .add("002_old", new Nothing())
            .add(rerunnable, third)
            .build();
    MigrationRegistry renamed =
        MigrationRegistry.builder()
            .add("001_a", new Nothing())
            .add(MigrationDefinition.of("002_new").withFormerly("002_old"), new Nothing())
            .add(rerunnable, third)
            .build();
    try (TestDatabase db = kind.open()) {
      db.runner(old).up();
      catchThrowableOfType(MigrationFailedException.class, () -> db.runner(old).down());
      broken.set(false);
      db.takeLines();

      assertThat(db.runner(renamed).down(2).completed()).containsExactly("003_c", "002_new");
      assertThat(db.takeLines()).startsWith(LINE);
      assertThat(db.history()).containsExactly("001_a");
    }
  }

  /** MariaDB gives such a column to a history that was made without a default of its own. */
  @Test
  void a_time_that_changes_with_its_row_is_kept() {
    try (TestDatabase db = Kind.MARIADB.open()) {
      db.runner(OLD).up();
      db.execute(
          "alter table migrations modify executed_at timestamp not null default"
              + " current_timestamp on update current_timestamp");
      db.execute("update migrations set executed_at = '2020-02-03 04:05:06'");
      db.runner(NEW).up();
      assertThat(db.history()).containsExactly("001_a", "002_new", "003_c");
      assertThat(db.strings("select distinct cast(executed_at as char) from migrations"))
          .containsExactly("2020-02-03 04:05:06");
    }
  }

  /** A history that somebody else has made may take upper and lower case for the same. */
  @Test
  void a_name_that_the_database_takes_for_another_row_stops_the_run() {
    try (TestDatabase db = Kind.MARIADB.open()) {
      db.execute(
          "create table migrations (name varchar(255) primary key,"
              + " executed_at timestamp not null default current_timestamp)"
              + " collate utf8mb4_general_ci");
      db.execute("insert into migrations (name) values ('001_a'), ('002_old'), ('002_NEW')");
      MigrationRegistry both =
          MigrationRegistry.of(
              i -> new Nothing(),
              MigrationDefinition.of("001_a"),
              MigrationDefinition.of("002_new").withFormerly("002_old"),
              MigrationDefinition.of("003_c"));
      assertThatThrownBy(() -> db.runner(both).down(3)).isInstanceOf(HistoryException.class);
      assertThat(db.history()).containsExactly("001_a", "002_NEW", "002_old");
    }
  }

  /** The row of a migration that is being undone under its old name is not taken from its owner. */
  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_running_attempt_is_waited_for(Kind kind) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    MigrationRegistry old =
        MigrationRegistry.builder()
            .add("001_a", new Nothing())
            .add(
                "002_old",
                h -> {},
                h -> {
                  running.countDown();
                  goOn.await();
                })
            .build();
    MigrationRegistry renamed = renamed(new Nothing());
    try (TestDatabase db = kind.openShared()) {
      db.runner(old).up();
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        Future<MigrationResult> down = thread.submit(() -> db.runner(old).down());
        running.await();
        MigrationRunner impatient =
            MigrationRunner.create(
                db.jdbi(), renamed, db.options().lockTimeout(Duration.ofMillis(300)).build());
        assertThatThrownBy(impatient::up).isInstanceOf(MigrationException.class);
        goOn.countDown();
        assertThat(down.get().completed()).containsExactly("002_old");
      } finally {
        goOn.countDown();
        thread.shutdown();
      }
      assertThat(db.runner(renamed).up().completed()).containsExactly("002_new");
      assertThat(db.history()).containsExactly("001_a", "002_new");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void runners_that_rename_at_once_do_it_once(Kind kind) throws Exception {
    try (TestDatabase db = kind.openShared()) {
      for (int trial = 0; trial < 5; trial++) {
        db.runner(OLD).up();
        db.takeLines();
        int runners = 3;
        CyclicBarrier start = new CyclicBarrier(runners);
        ExecutorService threads = Executors.newFixedThreadPool(runners);
        try {
          List<Future<MigrationResult>> all = new ArrayList<>();
          for (int i = 0; i < runners; i++) {
            all.add(
                threads.submit(
                    () -> {
                      start.await();
                      return db.runner(MORE).up();
                    }));
          }
          int completed = 0;
          for (Future<MigrationResult> one : all) {
            completed += one.get().completed().size();
          }
          assertThat(completed).isEqualTo(1);
        } finally {
          threads.shutdown();
        }
        assertThat(db.takeLines()).containsOnlyOnce(LINE);
        assertThat(db.history()).containsExactly("001_a", "002_new", "003_c", "004_d");
        assertThat(db.runner(MORE).reset().completed()).hasSize(4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void the_table_is_the_registrys_unless_the_options_set_one(Kind kind) {
    MigrationRegistry registry = of("001_a").withTableName("billing_migrations");
    try (TestDatabase db = kind.open()) {
      db.runner(registry).up();
      assertThat(db.hasTable("billing_migrations")).isTrue();
      assertThat(db.hasTable("billing_migrations_journal")).isTrue();
      assertThat(db.hasTable("migrations")).isFalse();
      assertThat(db.runner(registry).executedMigrations()).containsExactly("001_a");
      assertThat(db.runner(registry).registry()).isSameAs(registry);

      MigrationRunner.create(db.jdbi(), registry, db.options().tableName("migrations").build())
          .up();
      assertThat(db.history()).containsExactly("001_a");
    }
  }
}
