package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.ExecutedMigration.Verification;
import dev.kysera.migrations.TestDatabase.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recorded of the code of a migration, and what is said when the code is another one. */
class FingerprintTest {

  private static final String WARNING =
      "⚠️ 001_a has changed since it was executed: the database holds what it was then. Undo the"
          + " edit, or, if it is right as it is now, say so by"
          + " runner.maintenance().accept(\"001_a\", \"why\")";

  private static final String FINDING =
      "\"001_a\" has changed since it was executed: the database holds what it was then. Undo the"
          + " edit, or, if it is right as it is now, say so by"
          + " runner.maintenance().accept(\"001_a\", \"why\").";

  private record Nothing() implements JdbiMigration {
    @Override
    public void up(Handle handle) {}

    @Override
    public void down(Handle handle) {}
  }

  /** Two migrations, with the fingerprints of each in a line. */
  private static MigrationRegistry two(String... lines) {
    return of("001_a", "002_b").withFingerprints(lines);
  }

  private static MigrationRegistry of(String... names) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (String name : names) {
      builder.add(name, new Nothing());
    }
    return builder.build();
  }

  private static final MigrationRegistry ORIGINAL = two("001_a 1:aa 1:ad\n002_b 1:ba 1:bd clock\n");
  private static final MigrationRegistry EDITED = two("001_a 1:xx 1:ad\n002_b 1:ba 1:bd\n");

  private static MigrationRunner strict(TestDatabase db, MigrationRegistry registry) {
    return MigrationRunner.create(db.jdbi(), registry, db.options().failOnChanged(true).build());
  }

  private static List<String> recorded(TestDatabase db) {
    return db.onlooker()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select name, state, fingerprint, down_fingerprint from"
                            + " migrations_journal order by seq")
                    .map(
                        (row, context) ->
                            String.join(
                                " ",
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4)))
                    .list());
  }

  private static List<Verification> verifications(TestDatabase db, MigrationRegistry registry) {
    return db.runner(registry).status().executed().stream()
        .map(ExecutedMigration::verification)
        .toList();
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void each_attempt_records_the_newest_fingerprints_of_its_code(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(two("001_a 1:aa,2:ab 1:ad,2:ae\n002_b 1:ba -\n")).upTo("001_a");
      db.runner(two()).up();
      assertThat(recorded(db))
          .containsExactly("001_a EXECUTED 2:ab 2:ae", "002_b EXECUTED null null");

      db.runner(ORIGINAL).redo();
      assertThat(recorded(db))
          .containsExactly(
              "001_a EXECUTED 2:ab 2:ae",
              "002_b EXECUTED null null",
              "002_b REVERTED 1:ba 1:bd",
              "002_b EXECUTED 1:ba 1:bd");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_baseline_records_the_code_of_now_and_an_adopted_row_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).setup();
      db.execute("insert into migrations (name) values ('001_a')");
      db.runner(ORIGINAL).maintenance().baseline("002_b");

      assertThat(recorded(db))
          .containsExactly("001_a ADOPTED null null", "002_b BASELINED 1:ba 1:bd");
      assertThat(verifications(db, EDITED))
          .containsExactly(Verification.UNVERIFIED, Verification.VERIFIED);
      assertThat(db.runner(EDITED).maintenance().diagnose().findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void what_is_decided_to_be_executed_is_what_has_run(Kind kind) {
    MigrationRegistry failing =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_a").asNonTransactional(),
                h -> {
                  throw new IllegalStateException("boom");
                })
            .add("002_b", new Nothing())
            .build()
            .withFingerprints("001_a 1:ran 1:ad\n");
    try (TestDatabase db = kind.open()) {
      catchThrowableOfType(MigrationFailedException.class, () -> db.runner(failing).up());
      assertThat(recorded(db)).containsExactly("001_a FAILED 1:ran 1:ad");
      MigrationMaintenance maintenance = db.runner(EDITED).maintenance();
      maintenance.resolve(
          maintenance.diagnose().openAttempt().orElseThrow(), Resolution.MARK_EXECUTED, "seen");

      assertThat(recorded(db)).containsExactly("001_a RESOLVED 1:ran 1:ad");
      assertThat(verifications(db, EDITED)).containsExactly(Verification.CHANGED);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void what_is_run_again_is_recorded_as_it_ran_then(Kind kind) {
    AtomicBoolean broken = new AtomicBoolean(true);
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                MigrationDefinition.of("001_a").asNonTransactional().asRerunnable(),
                h -> {
                  if (broken.get()) {
                    throw new IllegalStateException("boom");
                  }
                })
            .build();
    try (TestDatabase db = kind.open()) {
      catchThrowableOfType(
          MigrationFailedException.class,
          () -> db.runner(registry.withFingerprints("001_a 1:aa 1:ad")).up());
      broken.set(false);
      db.runner(registry.withFingerprints("001_a 1:bb 1:bd")).up();

      assertThat(recorded(db))
          .containsExactly("001_a ABORTED 1:aa 1:ad", "001_a EXECUTED 1:bb 1:bd");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void going_up_warns_of_what_has_changed(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).upTo("001_a");
      db.takeLines();

      MigrationRunner.create(db.jdbi(), EDITED, db.options().dryRun(true).build()).up();
      assertThat(db.takeLines()).containsOnlyOnce(WARNING);
      assertThat(db.runner(EDITED).upTo("002_b").completed()).containsExactly("002_b");
      assertThat(db.takeLines()).containsOnlyOnce(WARNING).startsWith(WARNING);
      for (int start = 0; start < 2; start++) {
        assertThat(db.runner(EDITED).up().outcomes()).isEmpty();
        assertThat(db.takeLines())
            .containsExactly(WARNING, "✓ 2 migrations already executed", "✅ No pending migrations");
      }
      assertThat(db.runner(ORIGINAL).up().outcomes()).isEmpty();
      assertThat(db.takeLines())
          .containsExactly("✓ 2 migrations already executed", "✅ No pending migrations");

      db.runner(EDITED).redo();
      db.runner(EDITED).down();
      db.runner(EDITED).plan();
      db.runner(EDITED).executedMigrations();
      assertThat(db.takeLines()).doesNotContain(WARNING);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_change_is_no_reason_not_to_start(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).up();
      db.takeLines();

      db.runner(EDITED).check();
      assertThat(db.takeLines()).containsExactly(WARNING);
      db.runner(EDITED).awaitCurrent(Duration.ZERO);
      assertThat(db.takeLines()).containsExactly(WARNING, "✅ The database is up to date");

      MigrationRegistry more = of("001_a", "002_b", "003_c").withFingerprints("001_a 1:xx -");
      assertThatThrownBy(() -> db.runner(more).awaitCurrent(Duration.ofMillis(300)))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("- \"003_c\" is pending.")
          .hasMessageNotContaining("changed since");
      assertThat(db.takeLines()).containsOnlyOnce(WARNING);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void with_the_option_a_change_stops_everything_that_goes_up_before_it_begins(Kind kind) {
    MigrationRegistry more =
        of("001_a", "002_b", "003_c").withFingerprints("001_a 1:xx -\n002_b 1:yy -\n");
    String findings = "\n- " + FINDING + "\n- " + FINDING.replace("001_a", "002_b");
    String inconsistent = "The history and the code do not fit, so nothing more is run." + findings;
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).up();
      List<String> before = recorded(db);

      MigrationRunner runner = strict(db, more);
      assertThatThrownBy(runner::up)
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessage(inconsistent);
      assertThatThrownBy(() -> runner.upTo("003_c"))
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessage(inconsistent);
      assertThatThrownBy(runner::plan)
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessage(inconsistent);
      assertThatThrownBy(runner::check)
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessage(
              "The database is not what the code expects:"
                  + findings
                  + "\n- \"003_c\" is pending."
                  + "\nNothing was changed by this check. Next: what is pending is executed by"
                  + " up(); awaitCurrent(Duration) waits for a process that does so.");
      assertThatThrownBy(() -> strict(db, EDITED).awaitCurrent(Duration.ofMinutes(5)))
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessageContaining(FINDING);
      assertThatThrownBy(() -> strict(db, EDITED).up())
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessageContaining(FINDING);
      assertThat(recorded(db)).isEqualTo(before);

      strict(db, ORIGINAL).check();
      strict(db, ORIGINAL).up();
      assertThat(strict(db, EDITED).down(2).completed()).containsExactly("002_b", "001_a");
      assertThat(strict(db, EDITED).up().completed()).containsExactly("001_a", "002_b");
      strict(db, EDITED).check();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void status_and_diagnosis_say_what_has_changed(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).up();
      MigrationRegistry half = two("001_a 1:xx 1:ad\n002_b - 1:bd\n");

      assertThat(db.runner(half).status().toString())
          .isEqualTo(
              """
              📊 Migration Status:
                ✅ Executed: 2
                ⏳ Pending: 0

              Executed migrations:
                ✓ 001_a (changed since it was executed)
                ✓ 002_b""");
      assertThat(verifications(db, half))
          .containsExactly(Verification.CHANGED, Verification.UNVERIFIED);
      assertThat(verifications(db, ORIGINAL))
          .containsExactly(Verification.VERIFIED, Verification.VERIFIED);
      assertThat(db.runner(half).maintenance().diagnose().findings()).containsExactly(FINDING);
      assertThat(db.runner(ORIGINAL).maintenance().diagnose().findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_mended_way_back_is_only_a_note(Kind kind) {
    MigrationRegistry mended = two("001_a 1:aa 1:ad\n002_b 1:ba 1:mended\n");
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).up();
      db.takeLines();

      strict(db, mended).check();
      strict(db, mended).up();
      assertThat(db.takeLines())
          .containsExactly("✓ 2 migrations already executed", "✅ No pending migrations");
      assertThat(verifications(db, mended)).containsOnly(Verification.VERIFIED);
      assertThat(db.runner(mended).maintenance().diagnose().findings())
          .containsExactly(
              "The down of \"002_b\" has changed since it was executed; going down runs it as it"
                  + " is now. Nothing needs to be done.");
    }
  }

  /** Only fingerprints of one algorithm are compared, whichever the code has besides. */
  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_newer_algorithm_is_no_change(Kind kind) {
    record Case(String stored, String code, Verification expected) {}
    List<Case> cases =
        List.of(
            new Case("1:x", "1:x", Verification.VERIFIED),
            new Case("1:x", "1:x,2:y", Verification.VERIFIED),
            new Case("2:y", "1:x,2:y", Verification.VERIFIED),
            new Case("1:z", "1:x,2:z", Verification.CHANGED),
            new Case("2:x", "1:x,2:y", Verification.CHANGED),
            new Case("3:w", "1:x,2:y", Verification.UNVERIFIED),
            new Case("2:y", "1:x", Verification.UNVERIFIED),
            new Case("1:x", "11:z,12:y", Verification.UNVERIFIED),
            new Case("1:x", "11:x,1:y", Verification.CHANGED),
            new Case("1:x", "1:xy", Verification.CHANGED),
            new Case("1:xy", "1:x,2:y", Verification.CHANGED),
            new Case("x", "1:x", Verification.UNVERIFIED),
            new Case("1:x", "-", Verification.UNVERIFIED));
    try (TestDatabase db = kind.open()) {
      db.runner(ORIGINAL).up();
      for (Case each : cases) {
        db.execute(
            "update migrations_journal set fingerprint = '"
                + each.stored()
                + "' where name = '001_a'");
        MigrationRegistry code = two("001_a " + each.code() + " -\n002_b 1:ba -\n");
        db.takeLines();

        db.runner(code).up();
        assertThat(db.takeLines().contains(WARNING))
            .as("%s", each)
            .isEqualTo(each.expected() == Verification.CHANGED);
        assertThat(verifications(db, code))
            .as("%s", each)
            .containsExactly(each.expected(), Verification.VERIFIED);
      }
    }
  }

  /** Whatever the order of the rows, each is compared with the migration of its own name. */
  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_fingerprint_belongs_to_its_name(Kind kind) {
    String[] names = {"001_a", "002_b", "003_c", "004_d"};
    String lines = "001_a 1:aa -\n002_b 1:bb -\n003_c 1:cc -\n004_d 1:dd -\n";
    try (TestDatabase db = kind.open()) {
      db.runner(of("001_a").withFingerprints("001_a 1:aa -")).up();
      db.runner(of("001_a", "004_d").withFingerprints("004_d 1:dd -")).up();
      MigrationRunner.create(
              db.jdbi(),
              of("001_a", "003_c", "004_d").withFingerprints("003_c 1:cc -"),
              db.options().outOfOrder(true).build())
          .up();
      MigrationRunner.create(
              db.jdbi(), of(names).withFingerprints(lines), db.options().outOfOrder(true).build())
          .up();
      db.takeLines();

      db.runner(of(names).withFingerprints(lines)).up();
      assertThat(db.takeLines())
          .containsExactly("✓ 4 migrations already executed", "✅ No pending migrations");
      // As if they stood in the order in which they were executed.
      String swapped = "001_a 1:aa -\n002_b 1:dd -\n003_c 1:cc -\n004_d 1:bb -\n";
      db.runner(of(names).withFingerprints(swapped)).up();
      assertThat(db.takeLines())
          .filteredOn(line -> line.startsWith("⚠️"))
          .containsExactly(WARNING.replace("001_a", "004_d"), WARNING.replace("001_a", "002_b"));
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void the_journal_alone_changes_nothing(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(of("001_a", "002_b", "003_c").withFingerprints("003_c 1:cc -")).up();
      db.execute("delete from migrations where name in ('001_a', '003_c')");

      assertThat(db.runner(ORIGINAL).up().completed()).containsExactly("001_a");
      db.takeLines();
      db.runner(ORIGINAL).up();
      assertThat(db.takeLines())
          .containsExactly("✓ 2 migrations already executed", "✅ No pending migrations");
    }
  }
}
