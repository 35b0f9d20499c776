package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The databases that the other tests stand on: real, fresh, apart, and strict about leftovers. */
class TestServerTest {

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_database_shows_what_it_has_in_every_place(Kind kind) {
    for (TestDatabase opened :
        new TestDatabase[] {kind.open(), kind.openFile(), kind.openShared()}) {
      try (TestDatabase db = opened) {
        assertThat(db.hasTable("things")).isFalse();
        assertThat(db.hasIndex("things_id")).isFalse();

        db.execute("create table things (id int)");
        db.execute("create index things_id on things (id)");

        assertThat(db.hasTable("things")).isTrue();
        assertThat(db.hasIndex("things_id")).isTrue();
        assertThat(db.hasTable("others")).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void two_databases_do_not_see_each_other(Kind kind) {
    try (TestDatabase one = kind.open();
        TestDatabase other = kind.open()) {
      one.execute("create table things (id int)");

      assertThat(one.hasTable("things")).isTrue();
      assertThat(other.hasTable("things")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_connection_that_is_not_closed_is_noticed(Kind kind) throws SQLException {
    TestDatabase db = kind.open();
    try (Connection left = db.connect()) {
      assertThat(left.isClosed()).isFalse();
      assertThatThrownBy(db::close).hasMessageContaining("connections left open");
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(Kind.SERVERS)
  void a_transaction_that_is_left_open_is_noticed_and_ended(Kind kind) throws SQLException {
    TestDatabase db = kind.open();
    db.execute("create table things (id int)");
    try (Connection left = DriverManager.getConnection(db.url());
        Statement statement = left.createStatement()) {
      left.setAutoCommit(false);
      statement.execute("insert into things values (1)");

      assertThatThrownBy(db::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("in a transaction");
      assertThat(left.isValid(1)).isFalse();
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(Kind.SERVERS)
  void a_setting_or_a_lock_that_is_left_is_noticed(Kind kind) {
    boolean postgresql = kind == Kind.POSTGRESQL;
    try (TestDatabase db = kind.open()) {
      Handle set = db.jdbi().open();
      set.execute(
          postgresql
              ? "set search_path = nowhere"
              : "set foreign_key_checks = not @@foreign_key_checks");
      assertThatThrownBy(set::close).hasStackTraceContaining("settings of the session");

      Handle locked = db.jdbi().open();
      locked.execute(postgresql ? "select pg_advisory_lock(1)" : "select get_lock('test', 0)");
      assertThatThrownBy(locked::close).hasStackTraceContaining("settings of the session");
    }
  }
}
