package dev.kysera.migrations.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqliteTableTest {

  @Test
  void a_constraint_at_its_column_is_the_one_behind_the_columns() {
    assertThat(
            SqliteTable.lines(
                "create table t (id integer primary key, a text unique references u (x) on update"
                    + " cascade on delete set null check (a > 'b'))"))
        .containsExactlyInAnyOrderElementsOf(
            SqliteTable.lines(
                "CREATE TABLE \"t\" (\"id\" INTEGER, [a] TEXT, PRIMARY KEY (id), UNIQUE (a ASC),"
                    + " FOREIGN KEY (a) REFERENCES u(x) ON DELETE SET NULL ON UPDATE CASCADE NOT"
                    + " DEFERRABLE INITIALLY DEFERRED,\nCHECK(a>'b'))"));
  }

  @Test
  void quotes_and_comments_do_not_mislead() {
    assertThat(
            SqliteTable.lines(
                """
                create table t ( -- a comment, with ( and '
                  "check" integer /* unique, */ default (1),
                  `a""b` text default 'it''s, (not) --a comment',
                  "unique" decimal(10, 2) not null on conflict fail collate nocase,
                  constraint "my check" check ("check" in (1, 2) and "a" <> ')')
                  unique ("check")
                ) without rowid, strict"""))
        .containsExactly(
            "column check integer default 1",
            "column \"a\"\"\"\"b\" text default 'it''s, (not) --a comment'",
            "column unique decimal(10, 2) collate nocase not null on conflict fail",
            "constraint \"my check\" check (check in (1, 2) and a <> ')')",
            "unique (check)",
            "without rowid",
            "strict");
  }
}
