package dev.kysera.migrations.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.Direction;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.TestDatabase;
import dev.kysera.migrations.TestDatabase.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private static final Duration SOON = Duration.ofMillis(50);

  private static final MigrationStep STEP =
      new MigrationStep(
          "003_backfill", Direction.UP, Optional.of(MigrationDefinition.of("003_backfill")));

  private static Heartbeat heartbeat(Handle handle, Consumer<String> receiver) {
    return new Heartbeat(
        SOON,
        Session.on(handle),
        Tables.UNQUALIFIED,
        new RunLog(MigrationOptions.builder().logger(receiver).build()));
  }

  @Test
  void on_postgresql_it_tells_what_is_waited_for() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      MigrationRunner.create(db.jdbi(), MigrationRegistry.builder().build()).setup();
      List<String> lines = new CopyOnWriteArrayList<>();
      try (Handle holder = db.jdbi().open();
          Handle handle = db.jdbi().open()) {
        holder.execute("create table users (id int)");
        holder.begin();
        holder.execute("lock table users in share mode");
        CountDownLatch told = new CountDownLatch(1);
        Thread release =
            new Thread(
                () -> {
                  try {
                    told.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  holder.rollback();
                });
        release.start();
        try (Heartbeat heartbeat =
            heartbeat(
                handle,
                line -> {
                  lines.add(line);
                  told.countDown();
                })) {
          handle.begin();
          handle.execute("select " + PostgresLocks.tryAlone(Tables.UNQUALIFIED));
          heartbeat.begin(STEP, handle);
          handle.execute("alter table users\n  add column name text");
          heartbeat.end(handle);
          handle.rollback();
        }
        assertThat(lines.get(0))
            .matches(
                "⏳ 003_backfill: a statement has been running for 0 s:"
                    + " \"alter table users add column name text\"; it waits for"
                    + " AccessExclusiveLock on users, held by session \\d+ \\(.*, idle in"
                    + " transaction, begun \\d+ s ago: \"lock table users in share mode\"\\)");
      }
    }
  }

  @Test
  void elsewhere_it_tells_which_statement_runs_or_that_code_does() throws Exception {
    try (TestDatabase db = Kind.H2.open();
        Handle handle = db.jdbi().open()) {
      List<String> lines = new CopyOnWriteArrayList<>();
      CountDownLatch working = new CountDownLatch(1);
      CountDownLatch running = new CountDownLatch(1);
      SqlLogger user = new SqlLogger() {};
      handle.getConfig(SqlStatements.class).setSqlLogger(user);
      try (Heartbeat heartbeat =
          heartbeat(
              handle,
              line -> {
                lines.add(line);
                (line.contains("statement") ? running : working).countDown();
              })) {
        heartbeat.begin(STEP, handle);
        working.await();
        handle
            .getConfig(SqlStatements.class)
            .getSqlLogger()
            .logBeforeExecution(handle.createUpdate("update users set id = 2").getContext());
        running.await();
        heartbeat.end(handle);
      }
      assertThat(lines.get(0)).isEqualTo("⏳ 003_backfill has been at work for 0 s");
      assertThat(lines.get(lines.size() - 1))
          .isEqualTo(
              "⏳ 003_backfill: a statement has been running for 0 s: \"update users set id = 2\"");
      assertThat(handle.getConfig(SqlStatements.class).getSqlLogger()).isSameAs(user);
    }
  }

  @Test
  void a_run_leaves_no_thread() throws Exception {
    try (TestDatabase db = Kind.H2.open()) {
      List<Thread> seen = new CopyOnWriteArrayList<>();
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add(
                  "001_a",
                  h ->
                      Thread.getAllStackTraces().keySet().stream()
                          .filter(thread -> thread.getName().equals(Heartbeat.THREAD))
                          .forEach(seen::add))
              .build();
      MigrationRunner.create(db.jdbi(), registry).up();

      assertThat(seen).isNotEmpty();
      for (Thread thread : seen) {
        thread.join();
        assertThat(thread.isDaemon()).isTrue();
      }
    }
  }
}
