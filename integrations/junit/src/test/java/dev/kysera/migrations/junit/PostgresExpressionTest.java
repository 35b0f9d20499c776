package dev.kysera.migrations.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresExpressionTest {

  private static final String WRITTEN_BY_A_PERSON =
      "CHECK (((st)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))";

  private static final String WRITTEN_BY_ITSELF =
      "CHECK (((st)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character"
          + " varying)::text])))";

  @Test
  void both_ways_to_write_a_list_are_one() {
    assertThat(
            Stream.of(WRITTEN_BY_A_PERSON, WRITTEN_BY_ITSELF)
                .map(PostgresExpression::withoutTextCasts))
        .containsOnly("CHECK (((st)::text = ANY (ARRAY['a', 'b'])))");
  }

  @Test
  void casts_of_one_literal_are_gone() {
    assertThat(
            PostgresExpression.withoutTextCasts(
                "((st)::text <> ('it''s'::character varying)::text)"))
        .isEqualTo("((st)::text <> 'it''s')");
    assertThat(PostgresExpression.withoutTextCasts("(st ~ E'\\\\d$1'::text)"))
        .isEqualTo("(st ~ E'\\\\d$1')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CHECK (((other)::text = ANY (ARRAY['a'::text, 'b'::text])))",
        "CHECK (((st)::text = ANY (ARRAY['a'::text, 'c'::text])))",
        "CHECK (((st)::text = ANY (ARRAY['a'::text])))",
        "CHECK (((st)::text = ANY (ARRAY['b'::text, 'a'::text])))",
        "CHECK (((st)::text <> ALL (ARRAY['a'::text, 'b'::text])))",
        "CHECK (((st)::text = ANY (ARRAY['a'::text, other])))",
        "CHECK ((st = ANY (ARRAY['a'::text, 'b'::text])))",
        "CHECK (((st)::text = ANY (ARRAY['a'::text, ('b'::character varying(1))::text])))",
        "CHECK (((st)::text = ANY (ARRAY['a'::bpchar, 'b'::bpchar])))"
      })
  void different_checks_stay_different(String other) {
    assertThat(PostgresExpression.withoutTextCasts(other))
        .isNotEqualTo(PostgresExpression.withoutTextCasts(WRITTEN_BY_A_PERSON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(x = '''a''::text')",
        "(\"'a'::text\" = 1)",
        "((st)::text = 'a'::character varying(3))",
        "(state = 'new'::state)",
        "('a'::text[][] IS NULL)",
        "lower((st)::text)"
      })
  void anything_else_is_left_as_it_is(String sql) {
    assertThat(PostgresExpression.withoutTextCasts(sql)).isEqualTo(sql);
  }
}
