package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.cli.Session.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb: what it does to the database, what each stream says, and how it exits. */
class VerbsTest {

  static final MigrationRegistry THREE =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
          .add("002_b", h -> h.execute("create table b (id int)"), h -> h.execute("drop table b"))
          .add(
              MigrationDefinition.of("003_c")
                  .withDescription("Rows of a")
                  .asBreaking()
                  .withEstimated(Duration.ofSeconds(2)),
              h -> h.execute("insert into a values (1)"))
          .build();

  static final MigrationRegistry FAILING =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
          .add("002_bad", h -> h.execute("create table"), h -> h.execute("drop table b"))
          .add("003_c", h -> h.execute("create table c (id int)"))
          .build();

  private final Session session = new Session(THREE);

  @AfterEach
  void end() {
    session.close();
  }

  private List<String> executed() {
    return MigrationRunner.create(session.jdbi(), THREE).executedMigrations();
  }

  @Test
  void up_executesWhatIsPending_andWritesNoData() {
    Output output = session.call("up");

    assertThat(output)
        .isEqualTo(
            new Output(
                0,
                "",
                """
                ↑ Running 001_a...
                ✓ 001_a completed (0 ms)
                ↑ Running 002_b...
                ✓ 002_b completed (0 ms)
                ↑ Running 003_c...
                  Description: Rows of a
                  ⚠️ BREAKING CHANGE - review before proceeding
                  Estimated: 2.0s
                ✓ 003_c completed (0 ms)
                ✅ All migrations completed successfully (3 completed)
                """));
    assertThat(executed()).containsExactly("001_a", "002_b", "003_c");
  }

  @Test
  void up_toAName_stopsBehindIt() {
    Output output = session.call("up", "--to", "002_b");

    assertThat(output.status()).isZero();
    assertThat(output.err()).endsWith("✅ Migrated up to 002_b\n");
    assertThat(executed()).containsExactly("001_a", "002_b");
  }

  @Test
  void up_toAnUnknownName_isWrongUsage() {
    assertThat(session.call("up", "--to", "002_c"))
        .isEqualTo(
            new Output(
                2,
                "",
                "No migration is named \"002_c\". Nothing was changed. Did you mean \"002_b\" or"
                    + " \"003_c\"?\n"));
    assertThat(executed()).isEmpty();
  }

  @Test
  void up_dryRun_changesNothing() {
    Output output = session.call("up", "--dry-run", "--to=001_a");

    assertThat(output)
        .isEqualTo(
            new Output(
                0,
                "",
                """
                🔍 DRY RUN - No changes will be made
                ↑ Would run 001_a
                🔍 Would run 1 migration; nothing was changed
                """));
    assertThat(executed()).isEmpty();
  }

  @Test
  void up_outOfOrder_isRefusedUnlessAllowed() {
    MigrationRegistry without =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"))
            .add("003_c", h -> h.execute("insert into a values (1)"))
            .build();
    session.with(without).call("up");
    session.with(THREE);

    Output refused = session.call("up");
    Output allowed = session.call("up", "--out-of-order");

    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("002_b");
    assertThat(allowed.status()).isZero();
    assertThat(executed()).containsExactly("001_a", "003_c", "002_b");
  }

  @Test
  void up_thatFails_tellsWhatIsCertainAndWhereItThrew() {
    Output output = session.with(FAILING).call("up");

    assertThat(output.status()).isEqualTo(1);
    assertThat(output.out()).isEmpty();
    assertThat(output.err())
        .startsWith(
            """
            ↑ Running 001_a...
            ✓ 001_a completed (0 ms)
            ↑ Running 002_bad...
            ✗ 002_bad failed: Syntax error in SQL statement "create table[*]"; expected "identifier" [42001-252] (SQLState 42001)
            """)
        .containsPattern(
            """
            (?m)^Certain: nothing of it was committed, it is not executed\\.
            Completed before it: 001_a\\. Not run: 003_c\\.
            Next: mend the migration and run up\\(\\) again\\.
            At: .*VerbsTest.*\\(VerbsTest\\.java:\\d+\\)
            \\z""");
    assertThat(executed()).containsExactly("001_a");
  }

  @Test
  void down_undoesTheLastOneWithoutAsking() {
    session.call("up", "--to", "002_b");

    Output output = session.call("down");

    assertThat(output)
        .isEqualTo(
            new Output(
                0,
                "",
                """
                ↓ Rolling back 002_b...
                ✓ 002_b rolled back (0 ms)
                ✅ Rollback completed successfully (1 rolled back)
                """));
    assertThat(executed()).containsExactly("001_a");
  }

  @Test
  void down_ofSeveral_needsConsentWhereNobodyCanBeAsked() {
    session.call("up", "--to", "002_b");
    String refusal =
        "This would roll back 2 migrations, and nobody can be asked: 002_b, 001_a. Nothing was"
            + " changed. Add --yes if it is meant.\n";

    assertThat(session.call("down", "2")).isEqualTo(new Output(2, "", refusal));
    assertThat(session.call("reset")).isEqualTo(new Output(2, "", refusal));
    assertThat(executed()).containsExactly("001_a", "002_b");
    assertThat(session.call("down", "2", "--yes").status()).isZero();
    assertThat(executed()).isEmpty();
  }

  @Test
  void down_ofSeveral_isNotAskedForInADryRun() {
    session.call("up", "--to", "002_b");

    Output output = session.call("down", "2", "--dry-run");

    assertThat(output.status()).isZero();
    assertThat(output.err()).contains("↓ Would roll back 001_a");
    assertThat(executed()).hasSize(2);
  }

  @Test
  void down_toAName_asksOnlyIfItIsSeveral() {
    session.call("up", "--to", "002_b");

    assertThat(session.call("down", "--to", "001_a").status()).isZero();
    assertThat(executed()).containsExactly("001_a");
  }

  @Test
  void down_withAWrongNumber_isWrongUsage() {
    assertThat(session.call("down", "0"))
        .isEqualTo(new Output(2, "", "N must be at least 1; found 0.\nTry: down --help\n"));
    assertThat(session.call("down", "-1").status()).isEqualTo(2);
    assertThat(session.call("down", "two"))
        .isEqualTo(
            new Output(
                2,
                "",
                "Invalid value for positional parameter at index 0 (N): 'two' is not an int\n"
                    + "Try: down --help\n"));
    assertThat(session.call("down", "2", "--to", "001_a"))
        .isEqualTo(
            new Output(
                2, "", "Give a number of migrations or --to, not both.\nTry: down --help\n"));
  }

  @Test
  void redo_goesDownAndUp() {
    session.call("up", "--to", "002_b");

    assertThat(session.call("redo").err())
        .isEqualTo(
            """
            ↓ Rolling back 002_b...
            ✓ 002_b rolled back (0 ms)
            ↑ Running 002_b...
            ✓ 002_b completed (0 ms)
            ✅ Redone 002_b
            """);
    assertThat(executed()).containsExactly("001_a", "002_b");
  }

  @Test
  void redo_ofAnIrreversibleOne_fails() {
    session.call("up");

    assertThat(session.call("redo").status()).isEqualTo(1);
    assertThat(executed()).hasSize(3);
  }

  @Test
  void reset_undoesAll() {
    session.call("up", "--to", "002_b");

    assertThat(session.call("reset", "-y").err()).endsWith("✅ All migrations reset\n");
    assertThat(executed()).isEmpty();
  }

  @Test
  void status_isDataOnStandardOutput() {
    session.call("up", "--to", "001_a");

    assertThat(session.call("status"))
        .isEqualTo(
            new Output(
                0,
                """
                📊 Migration Status:
                  ✅ Executed: 1
                  ⏳ Pending: 2

                Executed migrations:
                  ✓ 001_a

                Pending migrations:
                  - 002_b
                  - 003_c - Rows of a ⚠️ BREAKING
                """,
                ""));
  }

  @Test
  void plan_isOneLineForEachStep() {
    session.call("up", "--to", "001_a");

    assertThat(session.call("plan"))
        .isEqualTo(new Output(0, "002_b\n003_c - Rows of a ⚠️ BREAKING\n", ""));
    session.call("up");
    assertThat(session.call("plan")).isEqualTo(new Output(0, "", "✅ No pending migrations\n"));
  }

  @Test
  void check_tellsPendingByItsExitStatus() {
    session.call("up", "--to", "002_b");

    assertThat(session.call("check"))
        .isEqualTo(
            new Output(
                3,
                "",
                """
                The database is not what the code expects:
                - "003_c" is pending.
                Nothing was changed by this check. Next: what is pending is executed by up(); awaitCurrent(Duration) waits for a process that does so.
                """));
    session.call("up");
    assertThat(session.call("check"))
        .isEqualTo(new Output(0, "", "✅ The database is up to date\n"));
  }

  @Test
  void await_endsAtOnceOrWhenItsTimeIsUp() {
    assertThat(session.call("await", "--timeout", "0s").status()).isEqualTo(3);
    session.call("up");
    assertThat(session.call("await"))
        .isEqualTo(new Output(0, "", "✅ The database is up to date\n"));
    assertThat(session.call("await", "--timeout", "soon"))
        .isEqualTo(
            new Output(
                2,
                "",
                "Invalid value for option '--timeout': must be a time such as 30s, 5m or 1h; found"
                    + " 'soon'\nTry: await --help\n"));
  }

  @Test
  void baseline_recordsWithoutRunning() {
    assertThat(session.call("baseline", "002_b").err())
        .isEqualTo(
            """
            ✓ 001_a recorded as executed without running
            ✓ 002_b recorded as executed without running
            ✅ Baseline at 002_b (2 recorded)
            """);
    assertThat(executed()).containsExactly("001_a", "002_b");
  }

  @Test
  void aHalfDoneAttempt_isToldDiagnosedAndResolved() {
    MigrationRegistry halfDone =
        MigrationRegistry.builder()
            .add(
                "001_half",
                h -> {
                  h.execute("create table a (id int)");
                  h.execute("create table a (id int)");
                })
            .build();
    session.with(halfDone);
    Output failed = session.call("up");

    Output interrupted = session.call("up");
    Output diagnosis = session.call("diagnose");
    String attempt =
        MigrationRunner.create(session.jdbi(), halfDone)
            .maintenance()
            .diagnose()
            .openAttempt()
            .orElseThrow();
    assertThat(interrupted.status()).isEqualTo(6);
    assertThat(interrupted.out()).isEmpty();
    String resolve =
        "On the command line: resolve " + attempt + " mark_executed|mark_not_executed|rerun NOTE\n";
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).endsWith("\n" + resolve);
    assertThat(interrupted.err()).endsWith("\n" + resolve);
    assertThat(diagnosis.err()).isEqualTo(resolve);
    assertThat(diagnosis.status()).isZero();
    assertThat(diagnosis.out()).contains(attempt).contains("001_half");
    assertThat(session.call("check").status()).isEqualTo(6);
    assertThat(session.call("status").out())
        .startsWith("❌ Failed, may be half done: UP of 001_half");

    Output resolved = session.call("resolve", attempt, "mark_executed", "the table is there");
    assertThat(resolved.status()).isZero();
    assertThat(resolved.err())
        .isEqualTo(
            "✅ Attempt " + attempt + " at 001_half resolved: mark executed; it is executed now\n");
    assertThat(session.call("diagnose")).isEqualTo(new Output(0, "", "✅ Nothing is wrong\n"));
    assertThat(executed()).containsExactly("001_half");
  }

  @Test
  void resolve_ofAnAttemptThatIsNotOpen_fails() {
    assertThat(session.call("resolve", "42", "RERUN", "why"))
        .isEqualTo(
            new Output(
                1, "", "Attempt \"42\" is not open. Nothing was changed. No attempt is open.\n"));
  }

  @Test
  void aRunningMigration_makesOthersSayThatTheLockIsBusy() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    MigrationRegistry slow =
        MigrationRegistry.builder()
            .add(
                "001_slow",
                h -> {
                  inside.countDown();
                  release.await();
                })
            .build();
    session.with(slow);
    Thread other = new Thread(() -> MigrationRunner.create(session.jdbi(), slow).up(), "other run");
    other.start();
    inside.await();
    try {
      Output busy = session.call("up", "--lock-timeout", "0s");

      assertThat(busy.status()).isEqualTo(5);
      assertThat(busy.err()).contains("001_slow");
      assertThat(session.call("check").status()).isEqualTo(5);
    } finally {
      release.countDown();
      other.join();
    }
    assertThat(executed()).containsExactly("001_slow");
  }

  @Test
  void setupSql_isWhatAnAdministratorExecutes() {
    Output output = session.call("setup-sql");

    assertThat(output.status()).isZero();
    assertThat(output.err()).isEmpty();
    for (String statement : output.out().split(";")) {
      if (!statement.isBlank()) {
        session.handle().execute(statement);
      }
    }
    assertThat(session.call("up").status()).isZero();
  }

  @Test
  void noVerb_andAnUnknownOne_areWrongUsage() {
    assertThat(session.call())
        .isEqualTo(
            new Output(
                2,
                "",
                "Name a verb: accept, await, baseline, check, completion, create, diagnose, down, plan,"
                    + " redo, rehearse, reset, resolve, script, setup-sql, status, sum, up.\nTry: --help\n"));
    assertThat(session.call("statsu"))
        .isEqualTo(
            new Output(2, "", "Unknown argument: \"statsu\". Did you mean status?\nTry: --help\n"));
    assertThat(session.call("up", "now").err())
        .isEqualTo("Unknown argument: \"now\"\nTry: up --help\n");
  }

  @Test
  void help_isDataAndTellsTheExitStatus() {
    Output output = session.call("up", "--help");

    assertThat(output.status()).isZero();
    assertThat(output.err()).isEmpty();
    assertThat(output.out())
        .startsWith("Usage: migrations up [-hV]")
        .contains("--out-of-order")
        .containsPattern("  5 +another run holds the lock\n");
    assertThat(session.call("--version").out()).startsWith("kysera-migrations ");
  }

  @Test
  void aDatabaseHandedOver_isUsed_andNoOtherIsOffered() {
    session.environment(Map.of()).handOver(session.jdbi());

    assertThat(session.call("up").status()).isZero();
    assertThat(executed()).hasSize(3);
    assertThat(session.call("up", "--url", "jdbc:h2:mem:other").err())
        .isEqualTo("Unknown option: \"--url\"\nTry: up --help\n");
    assertThat(session.call("up", "--help").out()).doesNotContain("--url").doesNotContain("--user");
  }

  @Test
  void aFactoryThatThrows_isToldWithItsTrace() {
    try (Session broken =
        new Session(
            (jdbi, options) -> {
              throw new IllegalStateException("no configuration");
            })) {
      Output output = broken.call("status");

      assertThat(output.status()).isEqualTo(1);
      assertThat(output.out()).isEmpty();
      assertThat(output.err())
          .startsWith("java.lang.IllegalStateException: no configuration\n")
          .contains("\tat ");
    }
  }

  @Test
  void anErrorOfTheApplication_isToldToo() {
    try (Session broken =
        new Session(
            (jdbi, options) -> {
              throw new ExceptionInInitializerError("no configuration");
            })) {
      Output output = broken.call("check", "--json");

      assertThat(output.status()).isEqualTo(1);
      assertThat(output.out()).contains("\"exception\":\"ExceptionInInitializerError\"");
      assertThat(output.err())
          .startsWith("java.lang.ExceptionInInitializerError: no configuration");
    }
  }

  @Test
  void aRefusalOfTheApplication_isNotTakenForPending() {
    try (Session broken =
        new Session(
            (jdbi, options) -> {
              throw new MigrationException("not today");
            })) {
      assertThat(broken.call("check")).isEqualTo(new Output(1, "", "not today\n"));
    }
  }

  @Test
  void aTimeBelowZero_isWrongUsage() {
    assertThat(session.call("up", "--lock-timeout=-5s").err())
        .isEqualTo(
            "Invalid value for option '--lock-timeout': must be a time such as 30s, 5m or 1h; found"
                + " '-5s'\nTry: up --help\n");
    assertThat(session.call("await", "--timeout=-1s").status()).isEqualTo(2);
  }

  @Test
  void aNote_isNeeded_andNoFileIsReadForIt(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("note"), "geheim geheim");
    assertThat(session.call("resolve", "4", "rerun", " "))
        .isEqualTo(new Output(2, "", "NOTE must say why; found nothing.\nTry: resolve --help\n"));
    assertThat(session.call("resolve", "4", "rerun", "@" + file).err())
        .doesNotContain("geheim")
        .startsWith("Attempt \"4\" is not open.");
  }

  @Test
  void aLockThatIsBusyBehindOthers_tellsWhatWasDoneBefore() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"))
            .add(
                "002_slow",
                h -> {
                  inside.countDown();
                  release.await();
                })
            .build();
    MigrationRegistry stolen =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"))
            .add("002_slow", h -> {})
            .build();
    MigrationListener steals =
        new MigrationListener() {
          @Override
          public void beforeMigration(MigrationStep step) {
            if (step.name().equals("002_slow")) {
              new Thread(() -> MigrationRunner.create(session.jdbi(), registry).up()).start();
              try {
                inside.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            }
          }
        };
    try (Session busy =
        new Session(
            (jdbi, options) ->
                MigrationRunner.create(
                    session.jdbi(), stolen, options.toBuilder().listener(steals).build()))) {
      Output output = busy.call("up", "--json", "--lock-timeout=0s");

      assertThat(output.status()).isEqualTo(5);
      assertThat(output.out())
          .contains("\"name\":\"001_a\",\"direction\":\"UP\",\"state\":\"COMPLETED\"")
          .contains("\"kind\":\"lock-busy\"");
    } finally {
      release.countDown();
    }
  }

  @Test
  void theOptionsOfTheApplication_areKept() {
    try (Session own =
        new Session(
            (jdbi, options) ->
                MigrationRunner.create(
                    jdbi, THREE, options.toBuilder().tableName("own_history").build()))) {
      assertThat(own.call("up").err()).contains("✓ 003_c completed");
      assertThat(
              own.handle()
                  .createQuery("select count(*) from \"own_history\"")
                  .mapTo(int.class)
                  .one())
          .isEqualTo(3);
    }
  }

  @Test
  void noConnection_isToldWithoutPasswords() {
    Jdbi nowhere =
        Jdbi.create(
            () -> {
              throw new SQLException(
                  "no way to jdbc:x://app:geheim@host/db?password=geheim&x=1", "08001");
            });

    assertThat(session.handOver(nowhere).call("status"))
        .isEqualTo(
            new Output(
                1,
                "",
                "No connection to the database: no way to"
                    + " jdbc:x://app:***@host/db?password=***&x=1 (SQLState 08001)\n"));
  }
}
