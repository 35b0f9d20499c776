package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.cli.Session.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sum update} writes what was released, and changes it only where that is accepted. */
class SumTest {

  private static final String A = fingerprint('a');
  private static final String B = fingerprint('b');
  private static final String C = fingerprint('c');

  @TempDir private Path folder;
  private final Session session =
      new Session(code("001_a " + A, "002_b " + B)).environment(Map.of());
  private Path file;

  @BeforeEach
  void enter() {
    session.in(folder);
    file = folder.resolve("migrations.sum");
  }

  @AfterEach
  void end() {
    session.close();
  }

  private static String fingerprint(char digit) {
    return "1:" + String.valueOf(digit).repeat(64);
  }

  /** The migrations of lines as they are in the file, with a former name behind if there is one. */
  private static MigrationRegistry code(String... lines) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    StringBuilder fingerprints = new StringBuilder();
    JdbiMigration nothing = handle -> {};
    for (String line : lines) {
      String[] words = line.split(" ");
      MigrationDefinition definition = MigrationDefinition.of(words[0]);
      builder.add(words.length > 2 ? definition.withFormerly(words[2]) : definition, nothing);
      fingerprints.append(words[0]).append(' ').append(words[1]).append(" -\n");
    }
    return builder.build().withFingerprints(fingerprints.toString());
  }

  private String head() throws IOException {
    String text = Files.readString(file);
    return text.substring(text.lastIndexOf("head "));
  }

  private void assertListed(String... lines) throws IOException {
    assertThat(file).hasContent(String.join("\n", lines) + "\n" + head());
    String before = Files.readString(file);
    Output again = session.call("sum", "update");
    assertThat(again).isEqualTo(new Output(0, "", "✅ Nothing to do: migrations.sum\n"));
    assertThat(file).hasContent(before);
  }

  private Output refused(String... arguments) throws IOException {
    byte[] before = Files.readAllBytes(file);
    Output output = session.call(arguments);
    assertThat(output.status()).isEqualTo(4);
    assertThat(output.out()).isEmpty();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    return output;
  }

  @Test
  void theFirstUpdate_writesAll_withoutADatabase() throws IOException {
    assertThat(session.call("sum", "update"))
        .isEqualTo(
            new Output(0, "appended 001_a\nappended 002_b\n", "✓ Written: migrations.sum\n"));
    assertListed("001_a " + A, "002_b " + B);
    assertThat(head())
        .isEqualTo("head 9f97635ec6ddad0578a9eee020d22272807dc6cf6390e2d7e959427e9d5f8a58\n");
  }

  @Test
  void aNewOne_isAppended() throws IOException {
    session.call("sum", "update");
    session.with(code("001_a " + A, "002_b " + B, "003_c -"));

    assertThat(session.call("sum", "update").out()).isEqualTo("appended 003_c\n");
    assertListed("001_a " + A, "002_b " + B, "003_c unverified");

    session.with(code("001_a " + A, "002_b " + B, "003_c " + C));
    assertThat(session.call("sum", "update").out()).isEqualTo("completed 003_c\n");
    assertListed("001_a " + A, "002_b " + B, "003_c " + C);
  }

  @Test
  void nothingToDo_leavesTheBytes() throws IOException {
    session.call("sum", "update");
    String windows = Files.readString(file).replace("\n", "\r\n");
    Files.writeString(file, windows);

    assertThat(session.call("sum", "update").status()).isZero();
    assertThat(Files.readString(file)).isEqualTo(windows);
  }

  @Test
  void whatWasReleased_changesOnlyWhereItIsAccepted() throws IOException {
    session.with(code("001_a " + A, "002_b " + B, "004_d " + C)).call("sum", "update");
    session.with(code("001_a " + C, "003_c " + fingerprint('d'), "005_d " + C));

    assertThat(refused("sum", "update").err())
        .isEqualTo(
            """
            The code is not what migrations.sum says was released:
            - "001_a" was edited: line 1 has another fingerprint. Undo the edit, and make the change in a new migration; or, if it is meant: sum update --accept 001_a
            - "002_b" of line 2 is not in the code. Bring its class back; or, if it is meant: sum update --accept 002_b
            - "005_d" has the fingerprint of "004_d" of line 3. Give it back its name, or add formerly = "004_d" to its @Migration; or, if it is meant: sum update --accept 005_d
            - "003_c" is not listed, and sorts before a listed one. Give it a number behind all that are listed; or, if it is meant: sum update --accept 003_c
            Nothing was written.
            """);
    assertThat(refused("sum", "update", "--accept", "001_a").err()).doesNotContain("001_a");

    assertThat(
            session.call(
                "sum",
                "update",
                "--accept=001_a",
                "--accept=002_b",
                "--accept=003_c",
                "--accept",
                "004_d"))
        .isEqualTo(
            new Output(
                0,
                "accepted 001_a\nremoved 002_b\nrenamed 004_d to 005_d\ninserted 003_c\n",
                "✓ Written: migrations.sum\n"));
    assertListed("001_a " + C, "003_c " + fingerprint('d'), "005_d " + C);
  }

  @Test
  void aRenameThatTheCodeDeclares_needsNoConsent_exceptToAnotherPlace() throws IOException {
    session.call("sum", "update");
    session.with(code("001_a " + A, "002_better " + B + " 002_b"));
    assertThat(session.call("sum", "update").out()).isEqualTo("renamed 002_b to 002_better\n");
    assertListed("001_a " + A, "002_better " + B);

    session.with(code("002_better " + B, "003_a " + A + " 001_a"));
    assertThat(refused("sum", "update").err())
        .contains(
            "- \"003_a\" was formerly \"001_a\" of line 1, and sorts elsewhere. Give it back the"
                + " number of \"001_a\"; or, if it is meant: sum update --accept 003_a\n");
    assertThat(session.call("sum", "update", "--accept", "003_a").out())
        .isEqualTo("renamed 001_a to 003_a\nmoved 003_a\n");
  }

  @Test
  void aMerge_isMendedByOneCall_ifAllOfItIsTheCode() throws IOException {
    session.with(code("001_a " + A)).call("sum", "update");
    Files.writeString(
        file,
        "001_a "
            + A
            + "\n<<<<<<< HEAD\n002_b "
            + B
            + "\n"
            + head()
            + "=======\n003_c "
            + C
            + "\n"
            + head()
            + ">>>>>>> other\n");

    session.with(code("001_a " + A, "002_b " + B));
    assertThat(refused("sum", "update").err())
        .isEqualTo(
            """
            The code is not what migrations.sum says was released:
            - "003_c" of line 6 is not in the code. Bring its class back; or, if it is meant: sum update --accept 003_c
            migrations.sum cannot be understood:
            - line 2 is a conflict marker of git
            - line 5 is a conflict marker of git
            - line 8 is a conflict marker of git
            Nothing was written. Next: Take the file of the branch that was first, git checkout --theirs migrations.sum in a merge of it, --ours in a rebase onto it, and call sum update again.
            """);

    session.with(code("001_a " + A, "002_b " + B, "003_c " + C));
    assertThat(session.call("sum", "update").out())
        .isEqualTo(
            """
            mended: line 2 is a conflict marker of git
            mended: line 5 is a conflict marker of git
            mended: line 8 is a conflict marker of git
            """);
    assertListed("001_a " + A, "002_b " + B, "003_c " + C);
  }

  @Test
  void aHeadThatDoesNotFit_isMended_ifAllLinesAreTheCode() throws IOException {
    session.call("sum", "update");
    String right = Files.readString(file);
    Files.writeString(file, right.replaceFirst("(?s)head .*", "head " + "0".repeat(64) + "\n"));

    assertThat(session.call("sum", "update").out())
        .isEqualTo("mended: line 3, the head, is not the digest of the lines above it\n");
    assertThat(file).hasContent(right);
  }

  @Test
  void aLineThatIsNone_isRefused_evenIfItsMigrationIsAccepted() throws IOException {
    session.call("sum", "update");
    Files.writeString(file, Files.readString(file).replace("002_b 1:", "002_b 1:x"));

    assertThat(refused("sum", "update", "--accept", "002_b").err())
        .isEqualTo(
            """
            migrations.sum cannot be understood:
            - line 2 is not a name, a blank and a fingerprint: "002_b 1:x%s"
            Nothing was written. Next: Mend that line, or take the committed file, git checkout migrations.sum, and call sum update again.
            """
                .formatted("b".repeat(64)));
  }

  @Test
  void anotherFile_isNamedInWhatIsToBeCalled() throws IOException {
    file = folder.resolve("src/released.sum");
    assertThat(session.call("sum", "update", "--file", "src/released.sum").err())
        .isEqualTo("✓ Written: src/released.sum\n");
    session.with(code("001_a " + A, "002_b " + C));
    assertThat(refused("sum", "update", "--file", "src/released.sum").err())
        .contains("if it is meant: sum update --file src/released.sum --accept 002_b\n");
  }

  @Test
  void aNameThatNobodyHas_isWrongUsage() {
    assertThat(session.call("sum", "update", "--accept", "002_c"))
        .isEqualTo(
            new Output(
                2,
                "",
                "--accept must name a migration of migrations.sum or of the code; found \"002_c\"."
                    + " Nothing was written.\n"));
    assertThat(file).doesNotExist();
    assertThat(session.call("sum").status()).isEqualTo(2);
    assertThat(session.call("sum", "delete").err())
        .isEqualTo(
            "Invalid value for positional parameter at index 0 (ACTION): expected one of [UPDATE]"
                + " (case-insensitive) but was 'delete'\nTry: sum --help\n");
  }

  @Test
  void aFileThatCannotBeReadOrWritten_isSaid() throws IOException {
    Files.createDirectory(file);
    assertThat(session.call("sum", "update"))
        .isEqualTo(
            new Output(
                1, "", "migrations.sum cannot be read: IOException. Nothing was written.\n"));
    Files.writeString(folder.resolve("plain"), "x");
    assertThat(session.call("sum", "update", "--file=plain/migrations.sum").err())
        .isEqualTo(
            "plain/migrations.sum cannot be read: FileSystemException. Nothing was written.\n");
  }

  @Test
  void aRunnerThatNeedsItsDatabase_isToldWhatIsExpected() {
    try (Session eager =
        new Session(
            (jdbi, options) -> {
              jdbi.useHandle(handle -> {});
              return MigrationRunner.create(jdbi, VerbsTest.THREE, options);
            })) {
      assertThat(eager.in(folder).call("sum", "update"))
          .isEqualTo(
              new Output(
                  1,
                  "",
                  "No connection to the database: This verb works without a database, so the"
                      + " runner must be made without a connection.\n"));
    }
  }
}
