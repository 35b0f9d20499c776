package dev.kysera.migrations.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.internal.sql.SqlToken.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlStatementsTest {

  private static List<String> split(String sql, SqlSyntax syntax) {
    return SqlStatements.split(sql, syntax).stream().map(SqlStatement::text).toList();
  }

  private static List<String> tokens(String sql, SqlSyntax syntax) {
    return SqlStatements.tokens(sql, syntax).stream()
        .map(token -> token.kind() + " " + token.text())
        .toList();
  }

  @Test
  void quotes_and_comments_hide_each_other() {
    assertThat(tokens("a '--' -- 'b\n/* ' */ \"c--\" 'it''s'", SqlSyntax.STANDARD))
        .containsExactly(
            "WORD a",
            "STRING '--'",
            "COMMENT -- 'b",
            "COMMENT /* ' */",
            "QUOTED \"c--\"",
            "STRING 'it''s'");
  }

  @Test
  void postgresql_has_ways_of_its_own() {
    assertThat(
            tokens(
                "E'\\'' 'a\\' $1 $b$ ' ; $b$ a$b$c x::int ? ?? /* /* */ */ U&'x' 1e-5 1..2",
                SqlSyntax.POSTGRESQL))
        .containsExactly(
            "STRING E'\\''",
            "STRING 'a\\'",
            "SYMBOL $",
            "NUMBER 1",
            "STRING $b$ ' ; $b$",
            "WORD a$b$c",
            "WORD x",
            "SYMBOL ::",
            "WORD int",
            "PARAMETER ?",
            "SYMBOL ??",
            "COMMENT /* /* */ */",
            "STRING U&'x'",
            "NUMBER 1e-5",
            "NUMBER 1..2");
  }

  @Test
  void mysql_and_sqlite_have_ways_of_their_own() {
    assertThat(tokens("'a\\'b' \"t\" `n` # c", SqlSyntax.MYSQL))
        .containsExactly("STRING 'a\\'b'", "STRING \"t\"", "QUOTED `n`", "COMMENT # c");
    assertThat(tokens("[a b] `c` /* /* */", SqlSyntax.SQLITE))
        .containsExactly("QUOTED [a b]", "QUOTED `c`", "COMMENT /* /* */");
  }

  @Test
  void what_has_no_end_goes_to_the_end() {
    for (String open :
        List.of("'a", "\"a", "$a$ b", "/* a", "-- a", "E'\\", "[a", "`a", "a.", "$")) {
      for (SqlSyntax syntax : SqlSyntax.values()) {
        List<SqlToken> tokens = SqlStatements.tokens(open, syntax);
        assertThat(tokens.get(tokens.size() - 1).end()).as(open + syntax).isEqualTo(open.length());
      }
    }
  }

  @Test
  void statements_are_divided_outside_of_bodies() {
    assertThat(split("a; b -- c;\n; /* d; */; (e; f); 'g;'", SqlSyntax.POSTGRESQL))
        .containsExactly("a", "b -- c;", "(e; f)", "'g;'");
    String atomic =
        "create function f() returns int begin atomic select case 1 when 1 then 2 end; end";
    assertThat(split(atomic + "; x", SqlSyntax.POSTGRESQL)).containsExactly(atomic, "x");
    String trigger =
        "create trigger t after insert on a begin update a set b = 1; delete from c; end";
    assertThat(split(trigger + "; x", SqlSyntax.SQLITE)).containsExactly(trigger, "x");
    String procedure =
        "create procedure p() begin if true then select 1; end if; case 1 when 1 then select 2; end case; end";
    assertThat(split(procedure + "; x", SqlSyntax.MYSQL)).containsExactly(procedure, "x");
    assertThat(split("begin; insert into a values (1); end", SqlSyntax.POSTGRESQL)).hasSize(3);
  }

  @Test
  void a_comment_at_the_end_is_known() {
    assertThat(SqlStatements.split("a -- b", SqlSyntax.STANDARD).get(0).endsInLineComment())
        .isTrue();
    assertThat(SqlStatements.split("a /* b */", SqlSyntax.STANDARD).get(0).endsInLineComment())
        .isFalse();
  }

  @Test
  void values_are_written_in_the_places_of_parameters_only() {
    assertThat(
            BoundSql.inline(
                "insert into t values (?, '?', ?) -- ?",
                Arrays.asList("x'y", null),
                SqlSyntax.POSTGRESQL))
        .isEqualTo("insert into t values ('x''y', '?', NULL) -- ?");
    assertThat(
            BoundSql.inline(
                "select f(?, ?, ?) where a -? < 1 and j ?? 'k'",
                Arrays.asList("s", 1L, 2, -3),
                SqlSyntax.POSTGRESQL))
        .isEqualTo("select f('s'::varchar, 1::bigint, 2) where a -(-3) < 1 and j ? 'k'");
    assertThat(BoundSql.inline("select ?, ?", List.of("a\\'b", true), SqlSyntax.MYSQL))
        .isEqualTo("select 'a\\\\''b', TRUE");
    assertThat(SqlStatements.tokens("?", SqlSyntax.MYSQL).get(0).kind()).isEqualTo(Kind.PARAMETER);
  }
}
