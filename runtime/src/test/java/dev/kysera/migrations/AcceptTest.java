package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.ExecutedMigration.Verification;
import dev.kysera.migrations.TestDatabase.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody decides that an edited migration is right as it is. */
class AcceptTest {

  private record Nothing() implements JdbiMigration {
    @Override
    public void up(Handle handle) {}

    @Override
    public void down(Handle handle) {}
  }

  private static MigrationRegistry three(String... lines) {
    return MigrationRegistry.builder()
        .add("001_a", new Nothing())
        .add("002_b", new Nothing())
        .add("003_c", new Nothing())
        .build()
        .withFingerprints(lines);
  }

  private static final MigrationRegistry ORIGINAL =
      three("001_a 1:aa 1:ad\n002_b 1:ba -\n003_c 1:ca 1:cd\n");
  private static final MigrationRegistry EDITED =
      three("001_a 1:xx,2:yy 1:xd,2:yd\n002_b 1:bb 1:bd\n003_c 1:ca 1:cd\n");

  private static List<String> rows(TestDatabase db, String columns) {
    return db.strings("select " + columns + " from migrations_journal order by seq");
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void what_is_accepted_has_not_changed_any_more(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).up();
      db.takeLines();
      MigrationMaintenance maintenance = db.runner(EDITED).maintenance();

      maintenance.accept("001_a", "only renamed a variable");
      maintenance.accept("002_b", "a longer text");
      assertThat(db.takeLines())
          .containsExactly(
              "✅ 001_a is accepted as it is in the code now",
              "✅ 002_b is accepted as it is in the code now");

      assertThat(db.journal())
          .containsExactly(
              "001_a UP EXECUTED",
              "002_b UP EXECUTED",
              "003_c UP EXECUTED",
              "001_a UP ACCEPTED",
              "002_b UP ACCEPTED");
      assertThat(rows(db, "fingerprint")).containsExactly("2:yy", "1:bb", "1:ca", "2:yy", "1:bb");
      assertThat(rows(db, "down_fingerprint"))
          .containsExactly("2:yd", "1:bd", "1:cd", "2:yd", "1:bd");
      assertThat(rows(db, "current_of")).containsExactly("001_a", "002_b", "003_c", null, null);
      List<String> notes = rows(db, "note");
      assertThat(notes.get(3))
          .matches("by .+, recorded before: 1:aa, down 1:ad: only renamed a variable");
      assertThat(notes.get(4)).endsWith(", recorded before: 1:ba, down none: a longer text");
      assertThat(db.strings("select count(*) from migrations_journal where open_slot = 1"))
          .containsExactly("0");

      db.runner(EDITED).up();
      assertThat(db.takeLines())
          .containsExactly("✓ 3 migrations already executed", "✅ No pending migrations");
      assertThat(db.runner(EDITED).status().executed())
          .extracting(ExecutedMigration::verification)
          .containsOnly(Verification.VERIFIED);
      assertThat(db.runner(EDITED).maintenance().diagnose().findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_decision_stays_and_disturbs_no_order(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).up();
      db.runner(EDITED).maintenance().accept("001_a", "why");

      assertThat(db.runner(EDITED).executedMigrations()).containsExactly("001_a", "002_b", "003_c");
      assertThat(db.runner(EDITED).down(2).completed()).containsExactly("003_c", "002_b");
      assertThat(db.runner(EDITED).down().completed()).containsExactly("001_a");
      assertThat(db.runner(EDITED).up().completed()).containsExactly("001_a", "002_b", "003_c");
      assertThat(db.journal()).contains("001_a UP ACCEPTED");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void repeating_it_records_nothing_more(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).up();
      db.runner(EDITED).maintenance().accept("001_a", "why");
      db.takeLines();

      db.runner(EDITED).maintenance().accept("001_a", "again");
      assertThat(db.takeLines())
          .containsExactly("✅ 001_a is recorded as it is in the code now already");
      assertThat(db.journal()).hasSize(4);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_row_that_somebody_else_wrote_is_adopted_first(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).setup();
      db.execute("drop table migrations_journal");
      db.execute("insert into migrations (name) values ('001_a')");
      db.execute("insert into migrations (name) values ('002_b')");

      db.runner(ORIGINAL).maintenance().accept("002_b", "it is");

      assertThat(db.journal())
          .containsExactly("001_a UP ADOPTED", "002_b UP ADOPTED", "002_b UP ACCEPTED");
      assertThat(rows(db, "fingerprint")).containsExactly(null, "1:ba", "1:ba");
      assertThat(db.runner(EDITED).status().executed())
          .extracting(ExecutedMigration::verification)
          .containsExactly(Verification.UNVERIFIED, Verification.CHANGED);
      assertThat(db.runner(ORIGINAL).up().completed()).containsExactly("003_c");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void what_cannot_be_accepted_is_refused(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).upTo("002_b");
      MigrationMaintenance maintenance = db.runner(three("001_a - 1:ad")).maintenance();

      assertThatThrownBy(() -> maintenance.accept("001_b", "why"))
          .isInstanceOf(UnknownMigrationException.class)
          .hasMessage(
              "No migration is named \"001_b\". Nothing was changed. Did you mean \"001_a\" or"
                  + " \"002_b\"?");
      assertThatThrownBy(() -> maintenance.accept("003_c", "why"))
          .isInstanceOf(UnknownMigrationException.class)
          .hasMessage(
              "Migration \"003_c\" is pending, so there is nothing to accept. Nothing was"
                  + " changed.");
      assertThatThrownBy(() -> maintenance.accept("001_a", "why"))
          .isInstanceOf(MigrationException.class)
          .hasMessage(
              "Migration \"001_a\" has no fingerprint in the code, so there is nothing to accept:"
                  + " the compiler has not seen its source, or the registry was made by hand."
                  + " Nothing was changed.");
      assertThatThrownBy(() -> maintenance.accept("001_a", null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("note");
      assertThat(db.journal()).containsExactly("001_a UP EXECUTED", "002_b UP EXECUTED");
      assertThat(rows(db, "fingerprint")).containsExactly("1:aa", "1:ba");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_dry_run_only_says_so(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).up();
      db.takeLines();
      MigrationRunner.create(db.jdbi(), EDITED, db.options().dryRun(true).build())
          .maintenance()
          .accept("001_a", "why");

      assertThat(db.takeLines())
          .containsExactly(
              "🔍 DRY RUN - No changes will be made",
              "🔍 Would accept 001_a as it is in the code now");
      assertThat(db.journal()).hasSize(3);
      assertThat(rows(db, "fingerprint")).containsExactly("1:aa", "1:ba", "1:ca");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void nothing_is_accepted_beside_what_is_half_done(Kind kind) {
    MigrationRegistry failing =
        MigrationRegistry.builder()
            .add("001_a", new Nothing())
            .add(
                MigrationDefinition.of("002_b").asNonTransactional(),
                h -> {
                  throw new IllegalStateException("boom");
                })
            .build()
            .withFingerprints("001_a 1:xx -");
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).upTo("001_a");
      catchThrowableOfType(MigrationFailedException.class, () -> db.runner(failing).up());

      assertThatThrownBy(() -> db.runner(failing).maintenance().accept("001_a", "why"))
          .isInstanceOf(InterruptedMigrationException.class);
      assertThat(rows(db, "fingerprint")).containsExactly("1:aa", null);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void those_who_decide_at_once_both_succeed(Kind kind) throws Exception {
    try (TestDatabase db = kind.openShared()) {
      db.runner(ORIGINAL).up();
      CyclicBarrier start = new CyclicBarrier(2);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        List<Future<?>> both = new ArrayList<>();
        for (String name : List.of("001_a", "002_b")) {
          both.add(
              threads.submit(
                  () -> {
                    start.await();
                    db.runner(EDITED).maintenance().accept(name, "why");
                    return null;
                  }));
        }
        for (Future<?> one : both) {
          one.get();
        }
      } finally {
        threads.shutdown();
      }
      assertThat(db.journal()).contains("001_a UP ACCEPTED", "002_b UP ACCEPTED").hasSize(5);
      assertThat(db.runner(EDITED).maintenance().diagnose().findings()).isEmpty();
    }
  }
}
