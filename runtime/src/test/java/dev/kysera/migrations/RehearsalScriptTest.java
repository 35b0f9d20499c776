package dev.kysera.migrations;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.TestDatabase.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** What the script of a rehearsal does is what the run would have done. */
class RehearsalScriptTest {

  private static final UUID ID = UUID.fromString("3f2b8c1e-0000-4000-8000-000000000001");

  private static MigrationRunner runner(TestDatabase db, MigrationRegistry registry) {
    return MigrationRunner.create(db.jdbi(), registry, db.options().build());
  }

  // --- PostgreSQL

  private static void values(Handle h) throws Exception {
    h.execute(
        """
        create table everything (id bigint primary key, s text, n numeric, f float8, b boolean,
          u uuid, d date, ts timestamp, tz timestamptz, bin bytea, j jsonb, a int[])""");
    Connection raw = h.getConnection();
    try (PreparedStatement insert =
        raw.prepareStatement(
            "insert into everything values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)")) {
      insert.setLong(1, 1);
      insert.setString(2, "it's \\ a ? -- \"text\"; $1 :name\nend");
      insert.setBigDecimal(3, new BigDecimal("-12.3400"));
      insert.setDouble(4, -0.5);
      insert.setBoolean(5, true);
      insert.setObject(6, ID);
      insert.setObject(7, LocalDate.of(2026, 11, 26));
      insert.setTimestamp(8, Timestamp.valueOf("2026-11-26 10:11:12.123456"));
      insert.setObject(9, OffsetDateTime.parse("2026-11-26T10:11:12+05:30"));
      insert.setBytes(10, new byte[] {0, 1, (byte) 0xff});
      insert.setString(11, "{\"a\": 1}");
      insert.setArray(12, raw.createArrayOf("int", new Object[] {1, null, 3}));
      insert.executeUpdate();
    }
    h.execute("insert into everything (id, s) values (?, ?)", -2, null);
    h.execute("create table typed as select ?::int + ? as sum, to_jsonb(?) as j", 1, 2L, "x");
    h.execute("update everything set n = id -? where id = ?", -5, 1L);
    h.execute("select s from everything where j ?? 'a' and s like '%?%'");
  }

  private static MigrationRegistry postgres() {
    return MigrationRegistry.builder()
        .add("001_values", RehearsalScriptTest::values)
        .add(
            "002_bodies",
            h -> {
              h.execute(
                  """
                  create function twice(i int) returns int language plpgsql as $body$
                  begin -- doubles; really
                    return i * 2;
                  end; $body$""");
              h.execute("create table made (n int) -- ends in a comment");
              h.createScript("insert into made values (1); insert into made values (twice(4))")
                  .execute();
              h.execute("do $$ begin insert into made values (16); end $$");
              h.execute("select setval(pg_get_serial_sequence('made', 'n'), 1) where false");
              h.execute(
                  "create function atomic(i int) returns int begin atomic select 1; select i; end");
            })
        .add(
            "003_savepoints",
            h -> {
              h.savepoint("before");
              try {
                h.execute("insert into nowhere values (1)");
              } catch (RuntimeException e) {
                h.rollbackToSavepoint("before");
              }
              var mark = h.getConnection().setSavepoint();
              h.execute("insert into made values (32)");
              h.getConnection().rollback(mark);
              h.prepareBatch("insert into made values (:n)")
                  .bind("n", 64)
                  .add()
                  .bind("n", 128)
                  .add()
                  .execute();
            })
        .add(
            "004_elsewhere",
            h -> {
              h.execute("create schema elsewhere");
              h.execute("set search_path to elsewhere");
              h.execute("create table here (n int)");
            })
        .add(
            "005_schema",
            h -> {
              h.execute("create table at_home (n int)");
              h.getConnection().setSchema("elsewhere");
              h.execute("create table here_too (n int)");
            })
        .build();
  }

  private static final List<String> FACTS =
      List.of(
          """
          select table_schema || '.' || table_name || '.' || column_name || ' ' || data_type
            || ' ' || is_nullable || ' ' || coalesce(column_default, '')
          from information_schema.columns
          where table_schema not in ('pg_catalog', 'information_schema') order by 1""",
          "select indexdef from pg_indexes where schemaname <> 'pg_catalog' order by 1",
          "select pg_get_functiondef(oid) from pg_proc where proname in ('twice', 'atomic') order by 1",
          "select cast(e.* as text) from everything e order by id",
          "select cast(t.* as text) from typed t",
          "select cast(n as text) from made order by n",
          "select name from migrations order by name",
          """
          select concat_ws(' ', seq, name, direction, state, phase, open_slot, current_of,
            fingerprint, down_fingerprint, format, tool_version)
          from migrations_journal order by seq""");

  private static String facts(TestDatabase db) {
    return db.jdbi()
        .withHandle(
            h ->
                FACTS.stream()
                    .flatMap(sql -> h.createQuery(sql).mapTo(String.class).list().stream())
                    .collect(joining("\n")));
  }

  @Test
  void on_postgresql_it_gives_the_same_database_as_the_run() throws Exception {
    try (TestDatabase rehearsed = Kind.POSTGRESQL.open();
        TestDatabase scripted = Kind.POSTGRESQL.open();
        TestDatabase run = Kind.POSTGRESQL.open()) {
      String script = runner(rehearsed, postgres()).rehearse().script();
      execute(scripted, script);
      runner(run, postgres()).up();

      assertThat(facts(scripted)).isEqualTo(facts(run));
      assertThat(runner(scripted, postgres()).up().completed()).isEmpty();
      assertThat(runner(scripted, postgres()).executedMigrations()).hasSize(5);
      assertThat(rehearsed.hasTable("made")).isFalse();
    }
  }

  /** With psql, where this machine has one; its own commands and its quoting are tested then. */
  private static void execute(TestDatabase db, String script) throws Exception {
    assertThat(script.lines().filter(line -> line.startsWith("\\")))
        .containsExactly("\\set ON_ERROR_STOP on");
    Path psql = Path.of("/usr/bin/psql");
    if (!Files.isExecutable(psql)) {
      String sql = script.lines().filter(line -> !line.startsWith("\\")).collect(joining("\n"));
      db.jdbi().useHandle(h -> h.getConnection().createStatement().execute(sql));
      return;
    }
    String url = db.url().replaceFirst("^jdbc:", "");
    Process process =
        new ProcessBuilder(psql.toString(), url, "-q", "-X").redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void it_reads_like_what_a_reviewer_expects() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_users",
                h -> {
                  h.execute("create table users (id int primary key, name varchar(50))");
                  h.execute("insert into users values (?, ?)", 1, "O'Hara");
                })
            .build();
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      runner(db, MigrationRegistry.builder().build()).setup();
      String script = runner(db, registry).rehearse().script();

      assertThat(
              script
                  .replaceAll("'[0-9a-f-]{36}'", "'ID'")
                  .replaceAll("rehearsed by [^']*'", "rehearsed by OWNER'")
                  .replaceAll("lock\\(-?\\d+\\)", "lock(KEY)"))
          .isEqualTo(
              """
              -- 1 migration, as rehearsed on PostgreSQL: 001_users
              -- What the code has read or computed is as it was then. Review it, and run it once, on a\
               database in the same state.
              \\set ON_ERROR_STOP on

              BEGIN;
              SELECT pg_catalog.pg_advisory_xact_lock(KEY);
              SET LOCAL lock_timeout = '10000ms';

              -- 001_users
              create table users (id int primary key, name varchar(50));
              insert into users values (1, 'O''Hara');
              INSERT INTO "public".migrations_journal (id, seq, name, direction, state, phase, owner,\
               tool_version, format,
                current_of, fingerprint, down_fingerprint, finished_at)
              VALUES ('ID', (SELECT COALESCE(MAX(seq), 0) + 1 FROM "public".migrations_journal),\
               '001_users', 'UP', 'EXECUTED', 'DIRTY', 'script rehearsed by OWNER', 'unknown', 1,\
               '001_users', NULL, NULL, CURRENT_TIMESTAMP);
              INSERT INTO "public".migrations (name) VALUES ('001_users');

              COMMIT;
              """);
    }
  }

  // --- a file that can be compared byte by byte

  @Test
  void a_rehearsal_leaves_a_file_as_it_was() throws IOException {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int, t text)"))
            .build();
    MigrationRegistry more =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int, t text)"))
            .add(
                "002_rows",
                h -> {
                  h.execute("create table b (id int)");
                  for (int i = 0; i < 5000; i++) {
                    h.execute("insert into a values (?, ?)", i, "x".repeat(200));
                  }
                })
            .build();
    try (TestDatabase db = Kind.SQLITE.openFile()) {
      runner(db, registry).up();
      Path file =
          Path.of(db.url().replaceFirst("^jdbc:sqlite:(file:)?", "").replaceFirst("\\?.*", ""));
      byte[] before = Files.readAllBytes(file);

      MigrationRehearsal rehearsal = runner(db, more).rehearse();

      assertThat(rehearsal.statements()).hasSize(5001);
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
  }
}
