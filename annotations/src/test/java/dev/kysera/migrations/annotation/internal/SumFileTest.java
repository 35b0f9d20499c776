package dev.kysera.migrations.annotation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kysera.migrations.annotation.internal.SumFile.Problem;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SumFileTest {

  private static final String A = "1:" + "a".repeat(64);
  private static final String B = "1:" + "b".repeat(64);
  private static final String BODY = "001_create_users " + A + "\n002_add_email unverified\n";
  private static final String HEAD =
      "head 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\n";

  @Test
  void soundFile_isReadAndRenderedTheSame() {
    String text = sound(BODY);
    SumFile file = SumFile.parse(text);
    assertThat(file.problems()).isEmpty();
    assertThat(file.lines())
        .extracting(line -> line.number() + " " + line)
        .containsExactly("1 001_create_users " + A, "2 002_add_email unverified");
    assertThat(file.head()).contains(file.computedHead());
    assertThat(file.render()).isEqualTo(text);
    assertThat(SumFile.of(file.lines()).render()).isEqualTo(text);
  }

  @Test
  void head_isTheSha256OfTheLines() {
    assertThat(SumFile.EMPTY.render())
        .isEqualTo("head e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n");
    assertThat(SumFile.parse("1_a unverified").computedHead())
        .isEqualTo("ba87cb5ee018cfcc3e4b4f1e3b85cf96cbe0295d76fd4386512ed1956b67e721");
  }

  @Test
  void lineEndsOfWindows_missingLastOne_byteOrderMarkAndBlankEnd_areNothingWrong() {
    String text = sound(BODY);
    for (String other :
        List.of(
            text.replace("\n", "\r\n"), text.stripTrailing(), "\ufeff" + text, text + "\n \n")) {
      SumFile file = SumFile.parse(other);
      assertThat(file.problems()).isEmpty();
      assertThat(file.render()).isEqualTo(text);
    }
  }

  @Test
  void severalAlgorithms_areRead() {
    String text = sound("1_a " + A + ",2:" + "c".repeat(64) + "\n");
    assertThat(SumFile.parse(text).problems()).isEmpty();
    assertThat(SumFile.parse(text).render()).isEqualTo(text);
  }

  @Test
  void conflict_isSaidAndLosesNoMigration() {
    SumFile file =
        SumFile.parse(
            "001_a "
                + A
                + "\n<<<<<<< HEAD\n002_b "
                + A
                + "\n"
                + HEAD
                + "=======\n003_c "
                + B
                + "\n"
                + HEAD
                + ">>>>>>> other branch\n");
    assertThat(file.problems())
        .extracting(Problem::found)
        .containsExactly(
            "line 2 is a conflict marker of git",
            "line 5 is a conflict marker of git",
            "line 8 is a conflict marker of git");
    assertThat(file.lines()).extracting(l -> l.name()).containsExactly("001_a", "002_b", "003_c");
  }

  @Test
  void baseOfAConflict_isReadToo() {
    SumFile file = SumFile.parse("||||||| 1a2b3c4\n001_a " + A + "\n||||||| merged\n" + HEAD);
    assertThat(file.problems()).hasSize(2);
    assertThat(file.find("001_a")).isPresent();
  }

  @Test
  void malformedLines_areSaid() {
    for (String line :
        List.of(
            "001_a",
            "001_a ",
            "001_a  " + A,
            "001_a " + A + " ",
            "001_a 1:abc",
            "001_a 0:" + "a".repeat(64),
            "001_a 2:" + "a".repeat(64) + "," + A,
            "001_a " + A + "," + A,
            "001_a " + A.toUpperCase(Locale.ROOT),
            "a " + A,
            "",
            "# comment",
            "head abc")) {
      assertThat(SumFile.parse(line + "\n" + HEAD).problems())
          .extracting(Problem::found)
          .first()
          .isEqualTo("line 1 is not a name, a blank and a fingerprint: \"" + cut(line) + "\"");
    }
  }

  private static String cut(String line) {
    return line.length() > 80 ? line.substring(0, 80) + "..." : line;
  }

  @Test
  void missingHead_isSaidAtTheLineBehindTheLast() {
    assertThat(SumFile.parse(BODY).problems())
        .extracting(Problem::line, Problem::found)
        .containsExactly(tuple(3, "the last line, the head, is missing"));
    assertThat(SumFile.parse("").problems()).hasSize(1);
  }

  @Test
  void wrongHead_isSaid() {
    SumFile file = SumFile.parse(BODY + HEAD);
    assertThat(file.problems())
        .extracting(Problem::found)
        .containsExactly("line 3, the head, is not the digest of the lines above it");
    assertThat(file.head().orElseThrow()).isNotEqualTo(file.computedHead());
  }

  @Test
  void doubledUnsortedAndBehindTheHead_areSaidAndKept() {
    SumFile file =
        SumFile.parse(
            "2_b " + A + "\n1_a " + A + "\n2_b " + B + "\n" + HEAD + "3_c " + A + "\n" + HEAD);
    assertThat(file.problems())
        .extracting(Problem::found)
        .containsExactly(
            "line 2 sorts before the one above it: \"1_a\"",
            "line 3 has a name that is listed before: \"2_b\"",
            "line 5 stands behind the head: \"3_c " + A + "\"",
            "line 6 stands behind the head: \"" + HEAD.substring(0, 69) + "\"");
    assertThat(file.lines()).hasSize(4);
    assertThat(file.find("2_b").orElseThrow().number()).isEqualTo(1);
  }

  private static String sound(String body) {
    return SumFile.parse(body).render();
  }
}
