package dev.kysera.migrations;

import static dev.kysera.migrations.DdlPage.migrate;
import static dev.kysera.migrations.DdlPage.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database makes of DDL, as the page about it says. */
class DdlEffectTest {

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void names_without_quotes_are_folded_or_not(Kind kind) throws SQLException {
    try (TestDatabase db = kind.open()) {
      db.execute("create table BookShelf (id int)");
      assertThat(db.onlooker().withHandle(DdlEffectTest::tables))
          .contains(
              switch (kind) {
                case H2 -> "BOOKSHELF";
                case POSTGRESQL -> "bookshelf";
                case SQLITE, MARIADB -> "BookShelf";
                default -> throw new AssertionError(kind);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:hsqldb:mem:n", "jdbc:derby:memory:n;create=true"})
  void hsqldb_and_derby_fold_names_to_upper_case(String url) throws SQLException {
    try (Handle handle = Jdbi.open(url)) {
      handle.execute("create table BookShelf (id int)");
      assertThat(tables(handle)).contains("BOOKSHELF");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL"})
  void a_reserved_word_is_quoted(Kind kind) {
    try (TestDatabase db = kind.open()) {
      migrate(
          db,
          handle -> {
            handle.execute("create table \"order\" (\"group\" int, \"a:b <c>?\" int)");
          });
      assertThat(db.hasTable("order")).isTrue();
    }
  }

  @Test
  void on_mariadb_a_reserved_word_is_between_backticks() {
    try (TestDatabase db = Kind.MARIADB.open()) {
      migrate(
          db,
          handle -> {
            handle.execute("create table `order` (`group` int)");
          });
      assertThat(db.hasTable("order")).isTrue();
      refused(db, "create table \"orders\" (id int)", "error in your SQL syntax");
    }
  }

  // --- what commits

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void ddl_rolls_back_or_commits(Kind kind) {
    try (TestDatabase db = kind.open();
        Handle handle = db.jdbi().open()) {
      assertThat(leftByRollback(handle)).isEqualTo(kind.rollsBackDdl() ? List.of() : List.of(1));
    }
  }

  @Test
  void hsqldb_commits_on_ddl_and_derby_rolls_back() {
    try (Handle hsqldb = Jdbi.open("jdbc:hsqldb:mem:c");
        Handle derby = Jdbi.open("jdbc:derby:memory:c;create=true")) {
      assertThat(leftByRollback(hsqldb)).containsExactly(1);
      assertThat(leftByRollback(derby)).isEmpty();
    }
  }

  /** The rows that are left of one before and one after a table was made, and of the table. */
  private static List<Integer> leftByRollback(Handle handle) {
    handle.execute("create table done (step int)");
    handle.begin();
    handle.execute("insert into done values (1)");
    handle.execute("create table made (id int)");
    handle.execute("insert into done values (2)");
    handle.rollback();
    List<Integer> left = handle.createQuery("select step from done").mapTo(Integer.class).list();
    if (left.isEmpty()) {
      assertThatThrownBy(() -> handle.execute("drop table made"));
    } else {
      handle.execute("drop table made");
    }
    return left;
  }

  @Test
  void some_statements_refuse_a_transaction() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.execute("create table posts (title text)");
      assertThatThrownBy(
              () ->
                  migrate(
                      db, handle -> handle.execute("create index concurrently i on posts (title)")))
          .hasMessageContaining("CREATE INDEX CONCURRENTLY cannot run inside a transaction block");
    }
    try (TestDatabase db = Kind.SQLITE.open()) {
      assertThatThrownBy(() -> migrate(db, handle -> handle.execute("vacuum")))
          .hasMessageContaining("cannot VACUUM from within a transaction");
      migrate(
          db,
          handle -> {
            handle.execute("pragma foreign_keys = on");
            assertThat(handle.createQuery("pragma foreign_keys").mapTo(Integer.class).one())
                .isZero();
          });
    }
  }

  @Test
  void on_postgresql_a_role_is_reset_before_the_end() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.execute("create role app_owner");
      try {
        db.execute("grant usage, create on schema public to app_owner");
        assertThatThrownBy(() -> migrate(db, handle -> handle.execute("set role app_owner")))
            .hasMessageContaining("permission denied for table migrations_journal")
            .hasMessageContaining("Certain: nothing of it was committed");
        assertThatThrownBy(() -> migrate(db, handle -> handle.execute("set local role app_owner")))
            .hasMessageContaining("permission denied for table migrations_journal");
        assertThat(db.history()).isEmpty();

        migrate(
            db,
            handle -> {
              handle.execute("set role app_owner");
              handle.execute("create table invoices (id int)");
              handle.execute("reset role");
            });
        assertThat(db.strings("select tableowner from pg_tables where tablename = 'invoices'"))
            .containsExactly("app_owner");
      } finally {
        db.execute("drop owned by app_owner");
        db.execute("drop role app_owner");
      }
    }
  }

  private static List<String> tables(Handle handle) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        handle.getConnection().getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        tables.add(rows.getString("TABLE_NAME"));
      }
    }
    return tables;
  }
}
