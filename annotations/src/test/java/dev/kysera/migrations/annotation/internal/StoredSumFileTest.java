package dev.kysera.migrations.annotation.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSumFileTest {

  private static final SumFile ONE = SumFile.parse("001_a unverified");
  private static final SumFile TWO = SumFile.parse("001_a unverified\n002_b unverified");

  @TempDir private Path folder;

  @Test
  void aFileThatIsNotThere_isEmpty_andIsWrittenWithItsFolders() throws IOException {
    Path path = folder.resolve("new/migrations.sum");
    StoredSumFile stored = StoredSumFile.read(path);
    assertThat(stored.exists()).isFalse();
    assertThat(stored.file().lines()).isEmpty();

    stored.write(ONE);

    assertThat(path).hasContent(ONE.render());
    assertThat(StoredSumFile.read(path).file().render()).isEqualTo(ONE.render());
  }

  @Test
  void aFileThatIsThere_isReplacedWhereALinkLeads_andKeepsItsPermissions() throws IOException {
    Path path = folder.resolve("migrations.sum");
    StoredSumFile.read(path).write(ONE);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-r--"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);

    StoredSumFile.read(link).write(TWO);

    assertThat(link).isSymbolicLink();
    assertThat(path).hasContent(TWO.render());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-rw-r--");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(path, link);
    }
  }

  @Test
  void whatIsNotUtf8_isMalformed() throws IOException {
    Path path = Files.writeString(folder.resolve("migrations.sum"), "001_\u00e4 x\n", ISO_8859_1);

    assertThat(StoredSumFile.read(path).file().problems()).hasSize(2);
  }

  @Test
  void aFolder_cannotBeRead() {
    assertThatThrownBy(() -> StoredSumFile.read(folder)).isInstanceOf(IOException.class);
  }

  @Test
  void whatCannotBeWritten_leavesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> StoredSumFile.read(file.resolve("migrations.sum")).write(ONE))
        .isInstanceOf(IOException.class);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
