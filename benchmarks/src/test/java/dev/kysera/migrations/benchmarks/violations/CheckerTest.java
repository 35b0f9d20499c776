package dev.kysera.migrations.benchmarks.violations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckerTest {

  private static final History.Attempt CLEAN = new History.Attempt("2_b", true);
  private static final History.Attempt DIRTY = new History.Attempt("2_b", false);

  @Test
  void a_truthful_history_breaks_nothing() {
    assertThat(broken(List.of("1_a"), List.of(), Effect.COMPLETE, Effect.NONE)).isEmpty();
    assertThat(broken(List.of("1_a"), List.of(CLEAN), Effect.COMPLETE, Effect.NONE)).isEmpty();
    assertThat(broken(List.of("1_a"), List.of(DIRTY), Effect.COMPLETE, Effect.PARTIAL)).isEmpty();
  }

  @Test
  void a_row_without_its_whole_effect_breaks_the_first() {
    assertThat(broken(List.of("1_a"), List.of(), Effect.NONE, Effect.NONE))
        .containsExactly(Invariant.I1);
    assertThat(broken(List.of("1_a"), List.of(), Effect.PARTIAL, Effect.NONE))
        .containsExactly(Invariant.I1);
  }

  @Test
  void an_effect_that_nobody_tells_of_breaks_the_second() {
    assertThat(broken(List.of("1_a"), List.of(), Effect.COMPLETE, Effect.COMPLETE))
        .containsExactly(Invariant.I2);
    assertThat(broken(List.of("1_a"), List.of(), Effect.COMPLETE, Effect.PARTIAL))
        .containsExactly(Invariant.I2);
  }

  @Test
  void an_effect_of_what_is_open_and_clean_breaks_the_third() {
    assertThat(broken(List.of("1_a"), List.of(CLEAN), Effect.COMPLETE, Effect.PARTIAL))
        .containsExactly(Invariant.I3);
  }

  @Test
  void two_open_attempts_or_one_of_what_is_executed_break_the_fourth() {
    assertThat(
            broken(
                List.of(),
                List.of(new History.Attempt("1_a", false), DIRTY),
                Effect.NONE,
                Effect.NONE))
        .containsOnly(Invariant.I4);
    assertThat(broken(List.of("2_b"), List.of(DIRTY), Effect.NONE, Effect.COMPLETE))
        .containsExactly(Invariant.I4);
  }

  @Test
  void what_ran_twice_breaks_the_sixth() {
    assertThat(broken(List.of("1_a"), List.of(), Effect.TWICE, Effect.NONE))
        .containsExactly(Invariant.I1, Invariant.I6);
    assertThat(broken(List.of("1_a", "1_a"), List.of(), Effect.COMPLETE, Effect.NONE))
        .containsExactly(Invariant.I6);
  }

  @Test
  void parts_are_an_effect_only_together() {
    assertThat(Effect.of(0, 0)).isEqualTo(Effect.NONE);
    assertThat(Effect.of(1, 0)).isEqualTo(Effect.PARTIAL);
    assertThat(Effect.of(1, 1)).isEqualTo(Effect.COMPLETE);
    assertThat(Effect.of(2, 1)).isEqualTo(Effect.PARTIAL);
    assertThat(Effect.of(2, 2)).isEqualTo(Effect.TWICE);
  }

  private static List<Invariant> broken(
      List<String> executed, List<History.Attempt> open, Effect first, Effect second) {
    return Checker.check(new History(executed, open), Map.of("1_a", first, "2_b", second)).stream()
        .map(Violation::invariant)
        .toList();
  }
}
