package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kysera.migrations.TestDatabase.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No password, no URL, and no value of a row or a parameter in a log, a message or the journal. */
class SecretsTest {

  private static final String PASSWORD = "hunter2";

  private static final MigrationRegistry EMPTY = MigrationRegistry.builder().build();

  // --- connections that are refused

  private static String told(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void assertRefusedWithoutSecrets(String url) {
    List<String> lines = new ArrayList<>();
    MigrationRunner runner =
        MigrationRunner.create(
            Jdbi.create(url), EMPTY, MigrationOptions.builder().logger(lines::add).build());
    for (Consumer<MigrationRunner> verb :
        List.<Consumer<MigrationRunner>>of(
            MigrationRunner::up,
            MigrationRunner::status,
            MigrationRunner::check,
            MigrationRunner::setup,
            r -> r.maintenance().diagnose())) {
      Throwable refused = catchThrowable(() -> verb.accept(runner));
      assertThat(refused).as(url).isNotNull();
      assertThat(told(refused)).doesNotContain(PASSWORD).doesNotContain("jdbc:");
    }
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_wrong_password_is_not_repeated(Kind kind) {
    try (TestDatabase db = kind.open()) {
      switch (kind) {
        case H2 -> {
          db.execute("create user ada password 'right'");
          assertRefusedWithoutSecrets(db.url() + ";USER=ada;PASSWORD=" + PASSWORD);
        }
        case HSQLDB -> {
          db.execute("create user ADA password 'right'");
          assertRefusedWithoutSecrets(db.url() + ";user=ADA;password=" + PASSWORD);
        }
        // Without users, a place that cannot be.
        case DERBY -> assertRefusedWithoutSecrets("jdbc:derby:/no/folder;password=" + PASSWORD);
        case DUCKDB -> assertRefusedWithoutSecrets("jdbc:duckdb:/no/folder/db");
        case SQLITE -> assertRefusedWithoutSecrets("jdbc:sqlite:/no/folder?password=" + PASSWORD);
        case POSTGRESQL -> {
          String role = "ada_" + System.nanoTime();
          db.execute("create role " + role + " password 'right' nologin");
          try {
            assertRefusedWithoutSecrets(
                db.url().replaceFirst("\\?.*", "") + "?user=" + role + "&password=" + PASSWORD);
          } finally {
            db.execute("drop role " + role);
          }
        }
        case MARIADB, MYSQL -> {
          String user = "ada_" + System.nanoTime() % 1_000_000_000;
          db.execute("create user " + user + " identified by 'right'");
          try {
            assertRefusedWithoutSecrets(
                db.url().replaceFirst("\\?.*", "") + "?user=" + user + "&password=" + PASSWORD);
          } finally {
            db.execute("drop user " + user);
          }
        }
      }
    }
  }

  // --- statements that fail

  static Stream<Arguments> failures() {
    return Kind.matrix().stream()
        .flatMap(
            kind ->
                Stream.<JdbiMigration>of(
                        h -> h.execute("insert into t values (1, ?)", PASSWORD + "' x '"),
                        h -> h.execute("insert into t values (2, ?)", PASSWORD.repeat(40)),
                        h ->
                            h.prepareBatch("insert into t values (?, ?)")
                                .add(1, PASSWORD)
                                .add(1, PASSWORD)
                                .execute(),
                        h -> h.execute("update t set id = cast(? as int)", PASSWORD),
                        h -> h.execute("update t set word = ? where nonsense", PASSWORD),
                        h -> {
                          throw new IllegalStateException(
                              "jdbc:x://ada:" + PASSWORD + "@host/db?password=" + PASSWORD);
                        })
                    .map(body -> Arguments.of(kind, body)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_value_is_not_repeated(Kind kind, JdbiMigration body) {
    MigrationRegistry registry = MigrationRegistry.builder().add("001_a", body).build();
    try (TestDatabase db = kind.open()) {
      db.execute("create table t (id int primary key, word varchar(20) not null)");
      db.execute("insert into t values (1, 'x')");
      Throwable thrown = catchThrowable(() -> db.runner(registry).up());
      if (thrown != null) { // not every database minds every one of them
        assertThat(thrown).isInstanceOf(MigrationFailedException.class);
        assertThat(thrown.getMessage()).doesNotContain(PASSWORD);
        assertThat(((MigrationFailedException) thrown).result().toString())
            .doesNotContain(PASSWORD + "@");
      }
      assertThat(db.lines()).noneMatch(line -> line.contains(PASSWORD));
      assertThat(db.strings("select coalesce(error, '') from migrations_journal"))
          .noneMatch(error -> error.contains(PASSWORD));
    }
  }
}
