package dev.kysera.migrations.annotation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.annotation.internal.SumUpdate.Declared;
import dev.kysera.migrations.annotation.internal.SumUpdate.Difference;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SumUpdateTest {

  private static final String A = "1:" + "a".repeat(64);
  private static final String B = "1:" + "b".repeat(64);
  private static final String C = "1:" + "c".repeat(64);
  private static final String NEWER_C = C + ",2:" + "e".repeat(64);
  private static final String NEWER_A = A + ",2:" + "d".repeat(64);

  @Test
  void sameAsTheCode_isCurrent() {
    SumUpdate update = update(file("1_a " + A, "2_b " + B), code("1_a", A), code("2_b", B));
    assertThat(update.isCurrent()).isTrue();
    assertThat(update.next().render()).isEqualTo(file("1_a " + A, "2_b " + B).render());
  }

  @Test
  void newOnes_areAppended() {
    SumUpdate update =
        update(file("1_a " + A), code("1_a", A), code("2_b", B), code("10_c", "unverified"));
    assertAllowed(update, "\"2_b\" is not listed yet", "\"10_c\" is not listed yet");
    assertNext(update, "1_a " + A, "2_b " + B, "10_c unverified");
    assertThat(update.isCurrent()).isFalse();
  }

  @Test
  void noFile_listsAll() {
    assertNext(update(SumFile.EMPTY, code("1_a", A)), "1_a " + A);
  }

  @Test
  void edited_isRefusedUntilAccepted() {
    Declared[] code = {code("1_a", A), code("2_b", C)};
    SumFile file = file("1_a " + A, "2_b " + B);
    assertRefused(update(file, code), "\"2_b\" was edited: line 2 has another fingerprint");
    assertNext(accepting("2_b", file, code), "1_a " + A, "2_b " + C);
    assertThat(accepting("1_a", file, code).isAllowed()).isFalse();
  }

  @Test
  void removed_isRefusedUntilAccepted() {
    SumFile file = file("1_a " + A, "2_b " + B);
    assertRefused(update(file, code("1_a", A)), "\"2_b\" of line 2 is not in the code");
    assertNext(accepting("2_b", file, code("1_a", A)), "1_a " + A);
  }

  @Test
  void renamedWithoutSaying_isRefusedUntilAcceptedByEitherName() {
    SumFile file = file("1_a " + A, "2_b " + B);
    Declared[] code = {code("1_a", A), code("2_c", B)};
    assertRefused(update(file, code), "\"2_c\" has the fingerprint of \"2_b\" of line 2");
    assertNext(accepting("2_b", file, code), "1_a " + A, "2_c " + B);
    assertNext(accepting("2_c", file, code), "1_a " + A, "2_c " + B);
  }

  @Test
  void copyOfAListedOne_isNoRename() {
    assertAllowed(
        update(file("1_a " + A), code("1_a", A), code("2_b", A)), "\"2_b\" is not listed yet");
  }

  @Test
  void renamedWithFormerly_needsNoConsent() {
    SumUpdate update = update(file("1_a " + A, "2_b " + B), code("1_a", A), code("2_c", B, "2_b"));
    assertAllowed(update, "\"2_c\" was formerly \"2_b\" of line 2");
    assertNext(update, "1_a " + A, "2_c " + B);
  }

  @Test
  void renamedWithFormerlyAndEdited_isRefused() {
    SumUpdate update = update(file("1_b " + B), code("1_c", C, "1_b"));
    assertRefused(update, "\"1_c\" was edited: line 1 has another fingerprint");
  }

  @Test
  void renamedWithFormerlyToAnotherPlace_isRefusedUntilAccepted() {
    SumFile file = file("1_a " + A, "2_b " + B);
    Declared[] code = {code("2_b", B), code("3_a", A, "1_a")};
    assertRefused(
        update(file, code), "\"3_a\" was formerly \"1_a\" of line 1, and sorts elsewhere");
    assertNext(accepting("1_a", file, code), "2_b " + B, "3_a " + A);
    assertThat(update(file, code("2_b", B), code("02_a", A, "1_a")).refused()).isEmpty();
  }

  @Test
  void oldAndNewNameBothListed_leaveTheNewOne() {
    SumUpdate update = update(file("1_a " + A, "1_b " + A), code("1_b", A, "1_a"));
    assertNext(update, "1_b " + A);
  }

  @Test
  void beforeTheLastListed_isRefusedUntilAccepted() {
    SumFile file = file("1_a " + A, "3_c " + C);
    Declared[] code = {code("1_a", A), code("2_b", B), code("3_c", C)};
    assertRefused(update(file, code), "\"2_b\" is not listed, and sorts before a listed one");
    assertNext(accepting("2_b", file, code), "1_a " + A, "2_b " + B, "3_c " + C);
  }

  @Test
  void unverified_comparesWithNothingAndIsCompleted() {
    SumUpdate update =
        update(file("1_a unverified", "2_b " + B), code("1_a", A), code("2_b", "unverified"));
    assertAllowed(update, "\"1_a\" has fingerprints that line 1 lacks");
    assertNext(update, "1_a " + A, "2_b " + B);
  }

  @Test
  void newerAlgorithm_completesTheLineIfTheOldOneAgrees() {
    SumUpdate update = update(file("1_a " + A), code("1_a", NEWER_A));
    assertAllowed(update, "\"1_a\" has fingerprints that line 1 lacks");
    assertNext(update, "1_a " + NEWER_A);
    assertThat(update(file("1_a " + NEWER_A), code("1_a", A)).isCurrent()).isTrue();
    assertRefused(
        update(file("1_a " + B), code("1_a", NEWER_A)),
        "\"1_a\" was edited: line 1 has another fingerprint");
  }

  @Test
  void newestCommonAlgorithm_decides() {
    String file = B + ",2:" + "d".repeat(64);
    assertThat(update(file("1_a " + file), code("1_a", NEWER_A)).isCurrent()).isTrue();
  }

  @Test
  void wrongHeadAndConflict_areMendedIfAllAgrees() {
    SumFile file =
        SumFile.parse("<<<<<<< a\n1_a " + A + "\n=======\n2_b " + B + "\n>>>>>>> b\nhead\n");
    SumUpdate unreadable = update(file, code("1_a", A), code("2_b", B));
    assertThat(unreadable.isAllowed()).isFalse();
    assertThat(unreadable.unreadable()).hasSize(1);

    SumFile mendable = SumFile.parse("<<<<<<< a\n2_b " + B + "\n=======\n1_a " + A + "\n>>>>>>> b");
    SumUpdate update = update(mendable, code("1_a", A), code("2_b", B));
    assertAllowed(update);
    assertThat(update.isCurrent()).isFalse();
    assertNext(update, "1_a " + A, "2_b " + B);
    assertThat(update(mendable, code("1_a", A), code("2_b", C)).isAllowed()).isFalse();
  }

  @Test
  void doubledLines_mustBothAgree() {
    assertNext(update(file("1_a " + A, "1_a " + A), code("1_a", A)), "1_a " + A);
    SumFile file = file("1_a " + A, "1_a " + B);
    assertRefused(
        update(file, code("1_a", A)), "\"1_a\" was edited: line 2 has another fingerprint");
    assertNext(accepting("1_a", file, code("1_a", A)), "1_a " + A);
  }

  @Test
  void whatByHandSays_isWhatAnUpdateThenTakes() {
    SumFile file = file("1_a " + A, "2_b " + B, "4_d " + C, "5_e unverified");
    Declared[] code = {
      code("1_a", C), code("3_c", "unverified"), code("5_d", NEWER_C), code("6_e", A, "5_e")
    };
    SumUpdate update = update(file, code);
    assertThat(update.refused())
        .extracting(Difference::byHand)
        .containsExactly(
            "write line 1 as 1_a " + C,
            "delete line 2",
            "write line 3 as 5_d " + NEWER_C,
            "add the line 3_c unverified");
    SumFile edited =
        SumFile.parse(
            String.join(
                "\n",
                "1_a " + C,
                "5_d " + NEWER_C,
                "5_e unverified",
                "head " + "0".repeat(64),
                "3_c unverified"));
    assertNext(update(edited, code), "1_a " + C, "3_c unverified", "5_d " + NEWER_C, "6_e " + A);
    assertThat(update.changes()).extracting(Difference::byHand).containsOnly("");
  }

  private static SumFile file(String... lines) {
    return SumFile.parse(SumFile.parse(String.join("\n", lines)).render());
  }

  private static Declared code(String name, String fingerprints, String... formerly) {
    return new Declared(name, Fingerprints.parse(fingerprints).orElseThrow(), List.of(formerly));
  }

  private static SumUpdate update(SumFile file, Declared... code) {
    return SumUpdate.of(file, List.of(code), Set.of());
  }

  private static SumUpdate accepting(String name, SumFile file, Declared... code) {
    return SumUpdate.of(file, List.of(code), Set.of(name));
  }

  private static void assertAllowed(SumUpdate update, String... changes) {
    assertThat(update.isAllowed()).isTrue();
    assertThat(update.changes()).extracting(Difference::found).containsExactly(changes);
  }

  private static void assertRefused(SumUpdate update, String... refused) {
    assertThat(update.isAllowed()).isFalse();
    assertThat(update.refused()).extracting(Difference::found).containsExactly(refused);
  }

  private static void assertNext(SumUpdate update, String... lines) {
    assertThat(update.isAllowed()).isTrue();
    assertThat(update.next().render()).isEqualTo(file(lines).render());
    assertThat(update.next().problems()).isEmpty();
  }
}
