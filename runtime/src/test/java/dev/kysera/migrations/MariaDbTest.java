package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only MariaDB and MySQL have. */
class MariaDbTest {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
          .add("002_b", h -> h.execute("create table b (id int)"), h -> h.execute("drop table b"))
          .build();

  private static TestDatabase open() {
    return Kind.MARIADB.open();
  }

  /** As the TypeScript original makes it, in any character set that a database may default to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "utf8mb4 collate utf8mb4_general_ci",
        "utf8mb3 collate utf8mb3_unicode_ci",
        "latin1 collate latin1_swedish_ci"
      })
  void a_history_of_the_original_is_adopted(String characters) {
    try (TestDatabase db = open()) {
      db.execute(
          "create table migrations (name varchar(255) primary key, executed_at timestamp not null"
              + " default current_timestamp) default character set "
              + characters);
      db.execute("create table a (id int)");
      db.execute("insert into migrations (name) values ('001_a')");

      assertThat(db.runner(REGISTRY).up().completed()).containsExactly("002_b");
      assertThat(db.runner(REGISTRY).up().outcomes()).isEmpty();
      assertThat(db.runner(REGISTRY).reset().completed()).containsExactly("002_b", "001_a");
      assertThat(db.runner(REGISTRY).maintenance().diagnose().findings()).isEmpty();
    }
  }

  @Test
  void a_history_without_transactions_is_refused() {
    try (TestDatabase db = open()) {
      db.execute(
          "create table migrations (name varchar(255) primary key, executed_at timestamp not null"
              + " default current_timestamp) engine=MyISAM");
      assertThatThrownBy(() -> db.runner(REGISTRY).up())
          .isInstanceOf(HistoryException.class)
          .hasMessage(
              "`"
                  + db.strings("select database()").get(0)
                  + "`.migrations is a table of MyISAM and not of InnoDB, so that a row of it is not"
                  + " rolled back. Nothing was changed. Change that, or choose another"
                  + " MigrationOptions.tableName.");
      assertThat(db.hasTable("a")).isFalse();
    }
  }

  @Test
  void a_history_that_is_a_view_is_refused() {
    try (TestDatabase db = open()) {
      db.execute(
          "create view migrations as select 'x' as name, now() as executed_at from dual where 1=0");
      assertThatThrownBy(() -> db.runner(REGISTRY).up())
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining(".migrations is a view, not a table. Nothing was changed.");
    }
  }

  @Test
  void a_name_has_64_characters_at_most() {
    try (TestDatabase db = open()) {
      String longest = "ä".repeat(56);
      MigrationOptions options = db.options().tableName(longest).build();
      assertThat(MigrationRunner.create(db.jdbi(), REGISTRY, options).up().completed()).hasSize(2);
      assertThatThrownBy(
              () ->
                  MigrationRunner.create(
                          db.jdbi(), REGISTRY, db.options().tableName(longest + "x").build())
                      .up())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("MariaDB allows 64 characters");
    }
  }

  @Test
  void another_database_can_hold_the_history() {
    try (TestDatabase db = open();
        TestDatabase other = open()) {
      String schema = other.strings("select database()").get(0);
      MigrationOptions options = db.options().schema(schema).build();
      MigrationRunner.create(db.jdbi(), REGISTRY, options).up();
      assertThat(db.hasTable("migrations")).isFalse();
      assertThat(db.hasTable("a")).isTrue();
      assertThat(other.history()).containsExactly("001_a", "002_b");
    }
  }

  /** The attempt is complete all the same: its row is what counts. */
  @Test
  void one_that_gives_up_the_locks_of_its_session_is_warned_about() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.select("select release_all_locks()").mapTo(Integer.class).one())
            .build();
    try (TestDatabase db = open()) {
      assertThat(db.runner(registry).up().completed()).containsExactly("001_a");
      assertThat(db.lines())
          .contains(
              "⚠️ This run gave back a lock that its session did not hold any more: a connection"
                  + " pooler lends sessions for one transaction at a time, or a migration has"
                  + " released it");
    }
  }

  /** And the next step of the same run does not begin without the sign. */
  @Test
  void after_it_the_next_one_is_not_begun() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.select("select release_all_locks()").mapTo(Integer.class).one())
            .add("002_b", h -> h.execute("create table b (id int)"))
            .build();
    try (TestDatabase db = open()) {
      assertThatThrownBy(() -> db.runner(registry).up())
          .isExactlyInstanceOf(MigrationException.class)
          .hasMessage(
              "Migration \"002_b\" was not run: it needs the same session from its begin to its"
                  + " end, and MariaDB does not find the lock that this session took. A pooler that"
                  + " lends a session for one transaction at a time may be in between, or an earlier"
                  + " migration has released the locks of the session. Nothing of it was changed. Run"
                  + " again, over a direct connection.");
      assertThat(db.history()).containsExactly("001_a");
      assertThat(db.hasTable("b")).isFalse();
      assertThat(db.journal()).containsExactly("001_a UP EXECUTED");
      assertThat(db.runner(registry).up().completed()).containsExactly("002_b");
    }
  }

  @Test
  void nothing_is_made_again_where_ddl_commits() throws SQLException {
    AtomicInteger tries = new AtomicInteger();
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  tries.incrementAndGet();
                  h.execute("alter table busy add column more int");
                })
            .build();
    try (TestDatabase db = open();
        Connection other = DriverManager.getConnection(db.url())) {
      db.execute("create table busy (id int)");
      other.setAutoCommit(false);
      other.createStatement().executeQuery("select * from busy");
      MigrationOptions options = db.options().ddlLockTimeout(Duration.ofSeconds(1)).build();
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class,
              () -> MigrationRunner.create(db.jdbi(), registry, options).up());
      assertThat(failure.getMessage())
          .contains("Lock wait timeout exceeded; try restarting transaction")
          .contains("since MariaDB commits on DDL (if its first statement failed, nothing is)");
      assertThat(tries).hasValue(1);
      other.rollback();
    }
  }

  @Test
  void a_statement_that_takes_too_long_is_ended_also_in_plain_jdbc() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add("001_a", h -> h.getConnection().createStatement().execute("select sleep(60)"))
            .build();
    try (TestDatabase db = open()) {
      MigrationOptions options = db.options().statementTimeout(Duration.ofSeconds(1)).build();
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class,
              () -> MigrationRunner.create(db.jdbi(), registry, options).up());
      assertThat(failure.getMessage()).contains("max_statement_time exceeded");
    }
  }

  /** As scripts of dumps do, which lock the table that they fill. */
  @Test
  void one_that_locks_tables_and_unlocks_them_is_recorded() {
    List<String> seen = new ArrayList<>();
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.execute("create table a (id int)");
                  h.execute("lock tables a write");
                  h.execute("insert into a values (1)");
                  h.execute("unlock tables");
                })
            .add("002_b", h -> seen.add(h.select("select database()").mapTo(String.class).one()))
            .build();
    try (TestDatabase db = open()) {
      assertThat(db.runner(registry).up().completed()).hasSize(2);
      assertThat(db.strings("select id from a")).containsExactly("1");
      assertThat(seen).hasSize(1);
    }
  }

  /** The server ends the session of a run in the middle; another one sees who was at work. */
  @Test
  void a_session_that_was_killed_leaves_a_diagnosis() {
    MigrationRegistry registry =
        MigrationRegistry.builder()
            .add(
                "001_a",
                h -> {
                  h.execute("create table a (id int)");
                  h.execute("kill connection_id()");
                })
            .build();
    try (TestDatabase db = open()) {
      MigrationFailedException failure =
          catchThrowableOfType(
              MigrationFailedException.class,
              () ->
                  MigrationRunner.create(
                          Jdbi.create(() -> DriverManager.getConnection(db.url())), registry)
                      .up());
      assertThat(failure.getMessage()).contains("Attempt ").contains("stays open.");
      assertThat(db.journal()).containsExactly("001_a UP FAILED");
      assertThatThrownBy(() -> db.runner(registry).up())
          .isInstanceOf(InterruptedMigrationException.class);
    }
  }
}
