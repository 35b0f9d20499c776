package dev.kysera.migrations.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class SumFileIsCurrentTest {

  private static final String A = "1:" + "a".repeat(64);
  private static final String B = "1:" + "b".repeat(64);
  private static final String C = "1:" + "c".repeat(64);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name_the_file() {
    file = folder.resolve("migrations.sum");
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

  private void assertFails(MigrationRegistry registry, String message) {
    assertThatThrownBy(() -> MigrationTests.sumFileIsCurrent(registry, file))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessage(message.replace("FILE", file.toString()).replace("\n", System.lineSeparator()));
  }

  private void assertRefuses(MigrationRegistry registry, String message) throws IOException {
    String before = Files.readString(file);
    assertFails(registry, message);
    assertThat(file).hasContent(before);
  }

  private void list(MigrationRegistry registry) {
    assertThatThrownBy(() -> MigrationTests.sumFileIsCurrent(registry, file))
        .isInstanceOf(AssertionFailedError.class);
    MigrationTests.sumFileIsCurrent(registry, file);
  }

  @Test
  void a_file_that_is_not_there_is_written_and_fails_once() {
    MigrationRegistry code = code("001_a " + A, "002_b -");

    assertFails(
        code,
        "FILE was not there. It lists the migrations of now: review it, commit it and run the"
            + " test again.");
    MigrationTests.sumFileIsCurrent(code, file);

    assertThat(file).content().startsWith("001_a " + A + "\n002_b unverified\nhead ");
  }

  @Test
  void new_ones_and_declared_renames_are_written_and_fail_once() {
    list(code("001_a " + A, "002_b " + B));
    MigrationRegistry code = code("001_a " + A, "002_better " + B + " 002_b", "003_c " + C);

    assertFails(
        code,
        """
        FILE was not current:
        - "002_better" was formerly "002_b" of line 2
        - "003_c" is not listed yet
        That is mended now: review it, commit it and run the test again.\
        """);
    MigrationTests.sumFileIsCurrent(code, file);

    assertThat(file)
        .content()
        .startsWith("001_a " + A + "\n002_better " + B + "\n003_c " + C + "\nhead ");
  }

  @Test
  void what_was_released_is_not_changed() throws IOException {
    list(code("001_a " + A, "002_b " + B));
    MigrationRegistry code = code("001_a " + C, "003_c " + C);

    assertRefuses(
        code,
        """
        The code is not what FILE says was released:
        - "001_a" was edited: line 1 has another fingerprint. Undo the edit, and make the change in a new migration; or, if it is meant, write line 1 as 001_a %s
        - "002_b" of line 2 is not in the code. Bring its class back; or, if it is meant, delete line 2
        Nothing was written. What is meant can also be accepted on the command line, by sum update --accept NAME. Then run the test again: it makes the head anew.\
        """
            .formatted(C));

    Files.writeString(
        file,
        Files.readString(file)
            .replace("001_a " + A, "001_a " + C)
            .replace("002_b " + B + "\n", ""));
    assertFails(
        code,
        """
        FILE was not current:
        - "003_c" is not listed yet
        - line 2, the head, is not the digest of the lines above it
        That is mended now: review it, commit it and run the test again.\
        """);
    MigrationTests.sumFileIsCurrent(code, file);
  }

  @Test
  void a_file_that_cannot_be_understood_is_left_alone() throws IOException {
    Files.writeString(file, "001_a\n");

    assertRefuses(
        code("001_a " + A),
        """
        FILE cannot be understood:
        - line 1 is not a name, a blank and a fingerprint: "001_a"
        Nothing was written. Mend that line, or take the committed file, git checkout FILE, and run the test again.\
        """);
  }

  @Test
  void a_file_that_cannot_be_read_fails_the_test() throws IOException {
    Files.writeString(folder.resolve("plain"), "x");
    file = folder.resolve("plain/migrations.sum");
    assertFails(code("001_a " + A), "FILE cannot be read: FileSystemException.");
  }

  @Test
  void where_nobody_can_write_the_test_says_so() {
    file = Path.of("/proc/migrations.sum");
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "only on Linux");
    assertThatThrownBy(() -> MigrationTests.sumFileIsCurrent(code("001_a " + A), file))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageMatching(
            "/proc/migrations\\.sum was not there\\. It cannot be written here: \\w+Exception\\. Run"
                + " this test where it can, review the file and commit it\\.");
  }

  @Test
  void where_this_user_cannot_write_the_test_says_so() throws IOException {
    list(code("001_a " + A));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(folder), "nothing is read-only for this user");
    try {
      assertFails(
          code("001_a " + A, "002_b " + B),
          """
          FILE was not current:
          - "002_b" is not listed yet
          It cannot be written here: AccessDeniedException. Run this test where it can, review the file and commit it.\
          """);
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
