package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kysera.migrations.TestDatabase.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The many ways in which users open H2 and SQLite, and what becomes of other databases. */
class DatabaseModesTest {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
          .add("002_b", h -> h.execute("insert into a values (1)"), h -> h.execute("delete from a"))
          .build();

  private static void workOn(Jdbi jdbi) {
    MigrationOptions options = MigrationOptions.builder().logger(line -> {}).build();
    MigrationRunner runner = MigrationRunner.create(jdbi, REGISTRY, options);
    assertThat(runner.status().pending()).hasSize(2);
    assertThat(runner.up().completed()).containsExactly("001_a", "002_b");
    assertThat(runner.up().outcomes()).isEmpty();
    assertThat(runner.redo().completed()).containsExactly("002_b", "002_b");
    assertThat(runner.executedMigrations()).containsExactly("001_a", "002_b");
    assertThat(runner.reset().completed()).containsExactly("002_b", "001_a");
    assertThat(runner.maintenance().baseline("001_a").outcomes()).hasSize(1);
    assertThat(runner.maintenance().diagnose().findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
        ";MODE=MySQL;DATABASE_TO_LOWER=TRUE",
        ";MODE=MariaDB",
        ";MODE=Oracle",
        ";MODE=MSSQLServer",
        ";MODE=DB2",
        ";DATABASE_TO_UPPER=FALSE",
        ";CASE_INSENSITIVE_IDENTIFIERS=TRUE",
        ";IGNORECASE=TRUE",
        ";NON_KEYWORDS=VALUE",
        ";INIT=CREATE SCHEMA IF NOT EXISTS APP\\;SET SCHEMA APP"
      })
  void h2_in_any_mode(String settings) {
    workOn(Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + settings));
  }

  @Test
  void h2_as_somebody_who_is_not_an_administrator() {
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    Jdbi administrator = Jdbi.create(url + ";DB_CLOSE_DELAY=-1", "sa", "");
    administrator.useHandle(
        h -> {
          h.execute("create user plain password 'plain'");
          h.execute("grant alter any schema to plain");
        });
    workOn(Jdbi.create(url, "plain", "plain"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?journal_mode=WAL", "?foreign_keys=true", "?transaction_mode=IMMEDIATE"})
  void sqlite_in_any_mode(String settings, @TempDir Path folder) {
    workOn(Jdbi.create("jdbc:sqlite:" + folder.resolve("test.db") + settings));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preferQueryMode=simple",
        "preferQueryMode=extendedForPrepared",
        "preferQueryMode=extendedCacheEverything",
        "prepareThreshold=0",
        "prepareThreshold=1",
        "prepareThreshold=-1", // the driver cannot send several statements at once then
        "autosave=always",
        "autosave=conservative",
        "stringtype=unspecified",
        "defaultRowFetchSize=1",
        "options=-c%20default_transaction_isolation=serializable"
      })
  void postgresql_in_any_mode(String setting) {
    assumeTrue(Kind.matrix().contains(Kind.POSTGRESQL), "not asked for");
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      workOn(Jdbi.create(db.url() + (db.url().contains("?") ? "&" : "?") + setting));
    }
  }

  @Test
  void sqlite_with_a_temporary_table_of_the_same_name(@TempDir Path folder) throws Exception {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"))) {
      Jdbi jdbi = Jdbi.create(connection);
      MigrationOptions options = MigrationOptions.builder().logger(line -> {}).build();
      MigrationRunner runner = MigrationRunner.create(jdbi, REGISTRY, options);
      runner.upTo("001_a");
      jdbi.useHandle(
          h ->
              h.execute(
                  "create temp table migrations as select '001_a' name union select '002_b'"));

      assertThat(runner.up().completed()).containsExactly("002_b");
      assertThat(runner.executedMigrations()).containsExactly("001_a", "002_b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:mem:vanishing", "jdbc:sqlite::memory:"})
  void a_database_that_ends_with_its_connection_is_warned_about(String url) {
    List<String> lines = new ArrayList<>();
    MigrationOptions options = MigrationOptions.builder().logger(lines::add).build();
    MigrationRunner.create(Jdbi.create(url), REGISTRY, options).up();
    assertThat(lines)
        .first()
        .isEqualTo(
            url.contains("h2")
                ? "⚠️ This H2 database lives in memory and ends with its last connection: add"
                    + " ;DB_CLOSE_DELAY=-1 to its URL to keep it"
                : "⚠️ This SQLite database lives in memory: it ends with its connection, and every"
                    + " other connection has one of its own");
  }

  @Test
  void sqlite_in_memory_on_one_connection() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      workOn(Jdbi.create(connection));
    }
  }

  /** HSQLDB commits on DDL, Derby rolls it back; neither has a dialect of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"jdbc:hsqldb:mem:any", "jdbc:derby:memory:any;create=true"})
  void any_other_database(String url) {
    workOn(Jdbi.create(url));
  }

  @Test
  void sqlite_in_an_attached_database(@TempDir Path folder) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      connection
          .createStatement()
          .execute("attach '" + folder.resolve("other.db") + "' as \"other one\"");
      MigrationOptions options =
          MigrationOptions.builder().logger(line -> {}).schema("other one").build();
      MigrationRunner runner = MigrationRunner.create(Jdbi.create(connection), REGISTRY, options);
      assertThat(runner.up().completed()).hasSize(2);
      try (var row =
          connection
              .createStatement()
              .executeQuery("select count(*) from \"other one\".migrations")) {
        assertThat(row.getInt(1)).isEqualTo(2);
      }
    }
  }
}
