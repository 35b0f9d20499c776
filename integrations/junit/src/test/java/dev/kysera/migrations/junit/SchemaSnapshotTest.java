package dev.kysera.migrations.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.TestDatabase;
import dev.kysera.migrations.TestDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

class SchemaSnapshotTest {

  /** The golden files show what a snapshot looks like on each database. */
  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void the_schema_of_fifty_migrations_is_the_committed_one(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner.create(db.jdbi(), Planted.fifty(kind).registry(List.of())).up();

      SchemaSnapshot.of(db.jdbi())
          .assertMatches(
              Path.of(
                  "src/test/resources/snapshots", kind.name().toLowerCase(Locale.ROOT) + ".txt"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void the_life_of_a_golden_file(Kind kind, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("new/schema.txt");
    try (TestDatabase db = kind.open()) {
      db.execute("create table users (id integer not null, age integer)");
      SchemaSnapshot first = SchemaSnapshot.of(db.jdbi());

      assertThatThrownBy(() -> first.assertMatches(file))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessage(
              file
                  + " was not there. It holds the schema of now: review it, commit it and run the"
                  + " test again.");
      first.assertMatches(file);
      assertThat(SchemaSnapshot.read(file)).isEqualTo(first).hasSameHashCodeAs(first);
      assertThat(Files.readString(file)).isEqualTo(first.toString()).endsWith("\n");
      Files.writeString(file, first.toString().replace("\n", "\r\n"));
      first.assertMatches(file);

      db.execute("alter table users add column name varchar(10)");
      db.execute("create table teams (id integer)");
      SchemaSnapshot second = SchemaSnapshot.of(db.jdbi());

      AssertionFailedError error =
          catchThrowableOfType(AssertionFailedError.class, () -> second.assertMatches(file));
      assertThat(error)
          .hasMessage(
              String.join(
                  System.lineSeparator(),
                  "The schema is not that of " + file + " (- in the file, + in the database):",
                  String.join(System.lineSeparator(), first.differences(second)),
                  "If the change is meant, delete the file and run the test again; it writes the"
                      + " schema of now, to be reviewed and committed."));
      assertThat(error.getExpected().getStringRepresentation()).isEqualTo(first.toString());
      assertThat(error.getActual().getStringRepresentation()).isEqualTo(second.toString());
      assertThat(first.differences(second))
          .hasSize(3)
          .anyMatch(line -> line.startsWith("+ table users: column name "))
          .contains("+ table teams");
      assertThat(second.differences(first)).hasSize(3).contains("- table teams");
      assertThat(first.differences(first)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void the_order_of_columns_and_the_rows_are_no_part_of_it(Kind kind) {
    try (TestDatabase one = kind.open();
        TestDatabase two = kind.open()) {
      one.execute("create table users (id integer, age integer)");
      two.execute("create table users (age integer, id integer)");
      two.execute("insert into users values (1, 2)");

      assertThat(SchemaSnapshot.of(two.jdbi())).isEqualTo(SchemaSnapshot.of(one.jdbi()));
    }
  }

  @Test
  void a_snapshot_sees_what_its_transaction_sees() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      db.jdbi()
          .useHandle(
              handle -> {
                handle.begin();
                handle.execute("create table users (id integer)");
                assertThat(SchemaSnapshot.of(handle).toString()).contains("table users");
                handle.rollback();
              });
      assertThat(SchemaSnapshot.of(db.jdbi()).toString()).isEqualTo("# Schema of PostgreSQL\n");
    }
  }

  @Test
  void another_database_is_refused() {
    assertThatThrownBy(() -> SchemaSnapshot.of(Jdbi.create("jdbc:hsqldb:mem:refused")))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "Schema snapshots know H2, SQLite, PostgreSQL and MariaDB; found HSQL Database Engine."
                + " Test the migrations on one of these four.");
  }
}
