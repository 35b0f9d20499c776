package dev.kysera.migrations.annotation.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/**
 * A {@link SumFile} on a disk, for the tools that write it.
 *
 * @param path where it is
 * @param exists whether it was there when it was read
 * @param file what it says; empty if it was not there
 */
public record StoredSumFile(Path path, boolean exists, SumFile file) {

  /**
   * Reads a file.
   *
   * @param path where it is, or will be
   * @return the file
   * @throws IOException if it is there and cannot be read
   */
  public static StoredSumFile read(Path path) throws IOException {
    try {
      // What is not UTF-8 makes its line malformed, and that has a message.
      return new StoredSumFile(
          path, true, SumFile.parse(new String(Files.readAllBytes(path), UTF_8)));
    } catch (NoSuchFileException e) {
      return new StoredSumFile(path, false, SumFile.EMPTY);
    }
  }

  /**
   * Replaces the file at once, so that nobody ever reads half of it; makes the folders above it.
   *
   * @param next what it is to say
   * @throws IOException if it cannot be written; it is as it was then
   */
  public void write(SumFile next) throws IOException {
    Path target = exists ? path.toRealPath() : path.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException(path + " is no place for a file");
    }
    Files.createDirectories(folder);
    Path written = folder.resolve(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.writeString(written, next.render(), UTF_8, StandardOpenOption.CREATE_NEW);
      keepPermissions(target, written);
      move(written, target);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private void keepPermissions(Path target, Path written) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(written, PosixFileAttributeView.class);
    if (exists && view != null) {
      view.setPermissions(Files.getPosixFilePermissions(target));
    }
  }

  private static void move(Path written, Path target) throws IOException {
    try {
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
