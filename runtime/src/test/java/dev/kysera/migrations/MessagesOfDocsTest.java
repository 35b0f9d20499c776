package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kysera.migrations.TestDatabase.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * The page about what goes wrong: each message on it, whole, is what a real database gives rise to.
 * What differs from run to run (ids, processes, times, names of databases) is made the same.
 */
class MessagesOfDocsTest {

  private static final Path PAGE = Path.of("..", "docs", "when-something-goes-wrong.md");

  /** A message on the page: a comment that names it, and a block. */
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (\\S+) -->\n```\n(.*?)\n```", Pattern.DOTALL);

  private interface Scenario {
    String message(TestDatabase db) throws Throwable;
  }

  private record Case(Kind kind, Scenario scenario) {}

  private final Map<String, Case> cases = new LinkedHashMap<>();

  // --- migrations of a user

  private record CreateUsers() implements JdbiMigration {
    @Override
    public void up(Handle h) {
      h.execute("create table users (id int primary key, email varchar(255))");
    }

    @Override
    public void down(Handle h) {
      h.execute("drop table users");
    }
  }

  private record AddNames() implements JdbiMigration {
    @Override
    public void up(Handle h) {
      h.execute("alter table users add column name varchar(100)");
      h.execute("update users set nam = email");
    }
  }

  private record FillUsers() implements JdbiMigration {
    @Override
    public void up(Handle h) {
      h.execute("insert into users values (1, 'ada@example.org')");
      h.execute("insert into users values (1, 'bob@example.org')");
    }
  }

  private record IndexEmails() implements JdbiMigration {
    @Override
    public void up(Handle h) {
      h.execute("insert into users values (1, 'ada'), (2, 'ada')");
      h.execute("create unique index concurrently users_email on users (email)");
    }
  }

  private record LoseSession() implements JdbiMigration {
    @Override
    public void up(Handle h) {
      h.execute("alter table users add column name varchar(100)");
      h.execute("select pg_terminate_backend(pg_backend_pid())");
    }
  }

  private record SwallowError() implements JdbiMigration {
    @Override
    public void up(Handle h) {
      try {
        h.execute("alter table users add column email varchar(100)");
      } catch (RuntimeException e) {
        // as if it did not matter
      }
    }
  }

  private record RollBack() implements JdbiMigration {
    @Override
    public void up(Handle h) {
      h.execute("rollback");
      h.execute("alter table users add column name varchar(100)");
    }
  }

  private record Nothing() implements JdbiMigration {
    @Override
    public void up(Handle h) {}
  }

  private static MigrationRegistry users(String name, JdbiMigration second) {
    return users(MigrationDefinition.of(name), second);
  }

  private static MigrationRegistry users(MigrationDefinition definition, JdbiMigration second) {
    return MigrationRegistry.builder()
        .add("001_create_users", new CreateUsers())
        .add(definition, second)
        .add("003_last", new Nothing())
        .build();
  }

  private static MigrationRegistry registry(String... names) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (String name : names) {
      builder.add(name, new Nothing());
    }
    return builder.build();
  }

  private static String thrownBy(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(MigrationException.class);
    return thrown.getMessage();
  }

  private static MigrationRunner runner(
      TestDatabase db, MigrationOptions.Builder options, MigrationRegistry registry) {
    return MigrationRunner.create(db.jdbi(), registry, options.build());
  }

  private void on(Kind kind, String name, Scenario scenario) {
    cases.put(name, new Case(kind, scenario));
  }

  private void describe() {
    on(
        Kind.POSTGRESQL,
        "failed-rolled-back",
        db -> thrownBy(db.runner(users("002_add_names", new AddNames()))::up));
    on(
        Kind.MARIADB,
        "failed-nothing-committed",
        db -> thrownBy(db.runner(users("002_fill_users", new FillUsers()))::up));
    on(
        Kind.MARIADB,
        "failed-half-done",
        db -> thrownBy(db.runner(users("002_add_names", new AddNames()))::up));
    on(
        Kind.POSTGRESQL,
        "failed-outside",
        db ->
            thrownBy(
                db.runner(
                        users(
                            MigrationDefinition.of("002_index_emails").asNonTransactional(),
                            new IndexEmails()))
                    ::up));
    on(
        Kind.POSTGRESQL,
        "failed-rerunnable",
        db ->
            thrownBy(
                db.runner(
                        users(
                            MigrationDefinition.of("002_index_emails")
                                .asNonTransactional()
                                .asRerunnable(),
                            new IndexEmails()))
                    ::up));
    on(
        Kind.POSTGRESQL,
        "failed-session-lost",
        db -> thrownBy(db.runner(users("002_add_names", new LoseSession()))::up));
    on(
        Kind.POSTGRESQL,
        "failed-swallowed",
        db -> thrownBy(db.runner(users("002_add_email", new SwallowError()))::up));
    on(
        Kind.MARIADB,
        "failed-rolled-back-itself",
        db -> thrownBy(db.runner(users("002_add_names", new RollBack()))::up));
    on(
        Kind.POSTGRESQL,
        "retried",
        db -> {
          db.runner(registry("000_none")).setup();
          db.execute("create table users (id int primary key, email varchar(255))");
          try (Connection other = DriverManager.getConnection(db.url())) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table users in access share mode");
            List<String> lines = new ArrayList<>();
            MigrationOptions.Builder options =
                MigrationOptions.builder()
                    .ddlLockTimeout(Duration.ofMillis(20))
                    .logger(
                        line -> {
                          lines.add(line);
                          if (line.startsWith("↻")) {
                            rollBack(other);
                          }
                        });
            runner(
                    db,
                    options,
                    MigrationRegistry.builder()
                        .add(
                            "002_add_names",
                            h -> h.execute("alter table users add column name int"))
                        .build())
                .up();
            return lines.stream().filter(line -> line.startsWith("↻")).findFirst().orElseThrow();
          }
        });

    on(
        Kind.POSTGRESQL,
        "failed-locked",
        db -> {
          db.execute("create table users (id int primary key, email varchar(255))");
          try (Connection other = DriverManager.getConnection(db.url())) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table users in access share mode");
            String message =
                thrownBy(
                    runner(
                            db,
                            db.options().ddlLockTimeout(Duration.ofMillis(20)),
                            MigrationRegistry.builder()
                                .add("002_add_names", new AddNames())
                                .build())
                        ::up);
            other.rollback();
            return message;
          }
        });

    on(
        Kind.MARIADB,
        "interrupted",
        db -> {
          MigrationRunner runner = db.runner(users("002_add_names", new AddNames()));
          catchThrowable(runner::up);
          return thrownBy(runner::up);
        });
    on(
        Kind.SQLITE,
        "interrupted-or-running",
        db -> {
          MigrationRunner runner =
              runner(db, db.options().lockTimeout(Duration.ZERO), registry("001_create_users"));
          runner.setup();
          db.execute(
              "insert into migrations_journal (id, seq, name, direction, state, phase, open_slot,"
                  + " owner, session_ref, format) values ('a74d27f2-3c52-4f4d-9a39-0d2a2f1b7c55', 1,"
                  + " '001_create_users', 'UP', 'STARTED', 'DIRTY', 1, 'host-1/4711/main',"
                  + " 'jvm-gone', 1)");
          return thrownBy(runner::up);
        });
    on(
        Kind.MARIADB,
        "status-half-done",
        db -> {
          MigrationRunner runner = db.runner(users("002_add_names", new AddNames()));
          catchThrowable(runner::up);
          return runner.status().toString();
        });
    on(
        Kind.MARIADB,
        "resolve-none",
        db ->
            thrownBy(
                () ->
                    db.runner(registry("001_create_users"))
                        .maintenance()
                        .resolve("a74d27f2", Resolution.MARK_EXECUTED, "why")));
    on(
        Kind.MARIADB,
        "resolve-alive",
        db -> {
          CountDownLatch inside = new CountDownLatch(1);
          CountDownLatch release = new CountDownLatch(1);
          MigrationRegistry slow =
              MigrationRegistry.builder()
                  .add(
                      "001_create_users",
                      h -> {
                        inside.countDown();
                        release.await();
                      })
                  .build();
          return beside(
              () -> db.runner(slow).up(),
              inside,
              release,
              () -> {
                MigrationMaintenance maintenance = db.runner(slow).maintenance();
                String attempt = maintenance.diagnose().openAttempt().orElseThrow();
                return thrownBy(
                    () -> maintenance.resolve(attempt, Resolution.MARK_NOT_EXECUTED, "why"));
              });
        });

    on(Kind.POSTGRESQL, "lock-timeout-postgresql", MessagesOfDocsTest::lockTimeout);
    on(Kind.MARIADB, "lock-timeout", MessagesOfDocsTest::lockTimeout);
    on(
        Kind.MARIADB,
        "other-session",
        db -> {
          MigrationRegistry registry =
              MigrationRegistry.builder()
                  .add(
                      "001_a",
                      h -> h.select("select release_all_locks()").mapTo(Integer.class).one())
                  .add("002_b", new Nothing())
                  .build();
          return thrownBy(db.runner(registry)::up);
        });
    on(
        Kind.H2,
        "in-transaction",
        db -> db.jdbi().inTransaction(h -> thrownBy(db.runner(registry("001_create_users"))::up)));
    on(
        Kind.MARIADB,
        "per-run-refused",
        db ->
            thrownBy(
                runner(db, db.options().transactions(TransactionMode.PER_RUN), registry("001_a"))
                    ::up));

    on(
        Kind.H2,
        "inconsistent",
        db -> {
          db.runner(registry("001_create_users", "003_add_index", "004_old")).up();
          return thrownBy(
              db.runner(
                      registry(
                          "001_create_users", "002_add_names", "003_add_email_index", "005_new"))
                  ::up);
        });
    on(Kind.H2, "changed", db -> lineOf(db, edited(db), "⚠️"));
    on(
        Kind.H2,
        "changed-refused",
        db -> {
          MigrationRegistry edited = edited(db);
          return thrownBy(runner(db, db.options().failOnChanged(true), edited)::up);
        });
    on(
        Kind.H2,
        "changed-down",
        db -> {
          MigrationRegistry registry = registry("001_create_users", "002_add_names");
          db.runner(registry.withFingerprints("002_add_names 1:aa 1:dd")).up();
          return String.join(
              "\n",
              db.runner(registry.withFingerprints("002_add_names 1:aa 1:mended"))
                  .maintenance()
                  .diagnose()
                  .findings());
        });
    on(
        Kind.H2,
        "accept-pending",
        db ->
            thrownBy(
                () ->
                    db.runner(registry("001_create_users"))
                        .maintenance()
                        .accept("001_create_users", "why")));
    on(
        Kind.H2,
        "accept-unseen",
        db -> {
          MigrationRunner runner = db.runner(registry("001_create_users"));
          runner.up();
          return thrownBy(() -> runner.maintenance().accept("001_create_users", "why"));
        });
    on(
        Kind.H2,
        "renamed",
        db -> {
          db.runner(registry("001_create_users", "002_add_names")).up();
          return lineOf(db, renamed(), "✎");
        });
    on(
        Kind.H2,
        "renamed-twice",
        db -> {
          db.runner(registry("001_create_users", "002_add_names")).up();
          db.execute("insert into migrations (name) values ('002_add_nicknames')");
          return thrownBy(db.runner(renamed())::up);
        });
    on(
        Kind.H2,
        "unknown-name",
        db ->
            thrownBy(
                () ->
                    db.runner(registry("001_create_users", "002_add_names")).upTo("002_add_name")));
    on(
        Kind.H2,
        "irreversible",
        db -> {
          MigrationRunner runner =
              runner(
                  db,
                  db.options().irreversible(IrreversiblePolicy.REFUSE),
                  registry("001_create_users"));
          runner.up();
          return thrownBy(runner::down);
        });
    on(
        Kind.H2,
        "check",
        db -> thrownBy(db.runner(registry("001_create_users", "002_add_names"))::check));

    on(
        Kind.POSTGRESQL,
        "no-privilege",
        db -> {
          String role = "app_" + System.nanoTime();
          db.execute("create role " + role);
          try {
            String url =
                db.url() + (db.url().contains("?") ? "&" : "?") + "options=-c%20role=" + role;
            return thrownBy(
                MigrationRunner.create(
                        Jdbi.create(url),
                        registry("001_create_users"),
                        MigrationOptions.builder().logger(line -> {}).build())
                    ::up);
          } finally {
            db.execute("drop role " + role);
          }
        });
    on(
        Kind.POSTGRESQL,
        "read-only",
        db -> {
          db.runner(registry("001_create_users")).setup();
          String url =
              db.url()
                  + (db.url().contains("?") ? "&" : "?")
                  + "options=-c%20default_transaction_read_only=on";
          return thrownBy(
              MigrationRunner.create(
                      Jdbi.create(url),
                      registry("001_create_users"),
                      MigrationOptions.builder().logger(line -> {}).build())
                  ::up);
        });
    on(
        Kind.POSTGRESQL,
        "not-a-table",
        db -> {
          db.execute(
              "create view migrations as select ''::text as name, now() as executed_at where false");
          return thrownBy(db.runner(registry("001_create_users"))::up);
        });
    on(
        Kind.MARIADB,
        "not-innodb",
        db -> {
          db.execute(
              "create table migrations (name varchar(255) primary key, executed_at timestamp not null default current_timestamp) engine=MyISAM");
          return thrownBy(db.runner(registry("001_create_users"))::up);
        });
    on(
        Kind.POSTGRESQL,
        "foreign-table",
        db -> {
          db.execute("create table migrations (version int primary key, applied boolean)");
          return thrownBy(db.runner(registry("001_create_users"))::up);
        });
    on(
        Kind.POSTGRESQL,
        "name-too-long",
        db ->
            catchThrowable(
                    () ->
                        runner(db, db.options().tableName("x".repeat(60)), registry("001_a")).up())
                .getMessage());
  }

  /** Executes migrations, one of which is edited then. */
  private static MigrationRegistry edited(TestDatabase db) {
    MigrationRegistry registry = registry("001_create_users", "002_add_names");
    db.runner(registry.withFingerprints("002_add_names 1:aa -")).up();
    return registry.withFingerprints("002_add_names 1:bb -");
  }

  private static MigrationRegistry renamed() {
    return MigrationRegistry.builder()
        .add("001_create_users", new Nothing())
        .add(
            MigrationDefinition.of("002_add_nicknames").withFormerly("002_add_names"),
            new Nothing())
        .build();
  }

  private static String lineOf(TestDatabase db, MigrationRegistry registry, String sign) {
    db.takeLines();
    db.runner(registry).up();
    return String.join(
        "\n", db.takeLines().stream().filter(line -> line.startsWith(sign)).toList());
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static String lockTimeout(TestDatabase db) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    MigrationRegistry slow =
        MigrationRegistry.builder()
            .add(
                "001_create_users",
                h -> {
                  inside.countDown();
                  release.await();
                })
            .build();
    return beside(
        () -> db.runner(slow).up(),
        inside,
        release,
        () -> thrownBy(runner(db, db.options().lockTimeout(Duration.ofMillis(500)), slow)::up));
  }

  private interface Look {
    String take() throws Exception;
  }

  /** Takes a look while a migration is running. */
  private static String beside(
      java.util.concurrent.Callable<?> run,
      CountDownLatch inside,
      CountDownLatch release,
      Look look)
      throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> running = other.submit(run);
      inside.await();
      String message = look.take();
      release.countDown();
      running.get();
      return message;
    } finally {
      release.countDown();
      other.shutdown();
    }
  }

  private static String madeTheSame(String message) {
    return message
        .replaceAll(
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a74d27f2-3c52-4f4d-9a39-0d2a2f1b7c55")
        .replaceAll("\\b[^\\s/(]+/[0-9]+/(main|[A-Za-z]+-[A-Za-z0-9-]+)", "host-1/4711/main")
        .replaceAll("pid [0-9]+", "pid 4711")
        .replaceAll("begun at [0-9T:.Z-]+", "begun at 2026-01-31T09:30:00Z")
        .replaceAll("dev\\.kysera\\.migrations\\.\\w+Test\\$(\\w+)", "app.$1")
        .replaceAll("`test_[0-9a-f]+`", "`app`")
        .replaceAll("(?m)\\s+$", "");
  }

  @Test
  void each_message_of_the_page_is_the_message_of_a_real_database() throws Throwable {
    describe();
    Map<String, String> real = new LinkedHashMap<>();
    for (Map.Entry<String, Case> entry : cases.entrySet()) {
      try (TestDatabase db = entry.getValue().kind().open()) {
        real.put(entry.getKey(), madeTheSame(entry.getValue().scenario().message(db)));
      }
    }
    write(real);

    Map<String, String> shown = new LinkedHashMap<>();
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      shown.put(matcher.group(1), matcher.group(2));
    }
    assertThat(shown).containsExactlyInAnyOrderEntriesOf(real);
  }

  /** For whoever changes a message on purpose: the blocks as they would have to be. */
  private static void write(Map<String, String> real) throws IOException {
    StringBuilder text = new StringBuilder();
    real.forEach(
        (name, message) -> text.append("<!-- %s -->\n```\n%s\n```\n\n".formatted(name, message)));
    Files.writeString(Path.of("target", "messages.md"), text);
  }
}
