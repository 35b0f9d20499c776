package dev.kysera.migrations.junit;

import static java.util.Objects.requireNonNull;

import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * The schema of a database as text that a person can read and that does not change as long as the
 * schema does not: sorted, without dates, without the names and numbers that a database makes up,
 * and without the tables of the migrations themselves.
 *
 * <p>Committed as a golden file, it shows in a review what a migration did, and later whether the
 * schema of a real database is still that one:
 *
 * <pre>{@code
 * SchemaSnapshot.of(jdbi).assertMatches(Path.of("src/test/resources/schema.txt"));
 * }</pre>
 *
 * <p>H2 and PostgreSQL: all schemas but the system's own; MariaDB: the database of the connection;
 * SQLite: the main database. The order of columns, privileges, current values of sequences and the
 * rows of tables are no part of it. Immutable and thread-safe.
 */
public final class SchemaSnapshot {

  private static final String INDENT = "  ";

  private final String text;

  private SchemaSnapshot(String text) {
    this.text = text;
  }

  /**
   * Reads the schema of a database.
   *
   * @param jdbi opens the handle to read with
   * @return the snapshot
   * @throws UnsupportedOperationException if it is no H2, SQLite, PostgreSQL or MariaDB
   * @throws MigrationException if the schema cannot be read
   */
  public static SchemaSnapshot of(Jdbi jdbi) {
    return of(jdbi, MigrationOptions.defaults());
  }

  /**
   * Reads the schema of a database whose history has another name or place.
   *
   * @param jdbi opens the handle to read with
   * @param options name the history table and its schema, which are left out
   * @return the snapshot
   * @throws UnsupportedOperationException if it is no H2, SQLite, PostgreSQL or MariaDB
   * @throws MigrationException if the schema cannot be read
   */
  public static SchemaSnapshot of(Jdbi jdbi, MigrationOptions options) {
    requireNonNull(options, "options");
    return jdbi.withHandle(handle -> of(handle, options));
  }

  /**
   * Reads the schema of a database, as the transaction of the handle sees it.
   *
   * @param handle an open handle
   * @return the snapshot
   * @throws UnsupportedOperationException if it is no H2, SQLite, PostgreSQL or MariaDB
   * @throws MigrationException if the schema cannot be read
   */
  public static SchemaSnapshot of(Handle handle) {
    return of(handle, MigrationOptions.defaults());
  }

  /**
   * Reads the schema of a database whose history has another name or place, as the transaction of
   * the handle sees it.
   *
   * @param handle an open handle
   * @param options name the history table and its schema, which are left out
   * @return the snapshot
   * @throws UnsupportedOperationException if it is no H2, SQLite, PostgreSQL or MariaDB
   * @throws MigrationException if the schema cannot be read
   */
  public static SchemaSnapshot of(Handle handle, MigrationOptions options) {
    HistoryTables history = HistoryTables.of(requireNonNull(options, "options"));
    try {
      return of(SchemaReader.of(handle.getConnection()).read(handle.getConnection(), history));
    } catch (SQLException e) {
      throw new MigrationException("The schema could not be read: " + e.getMessage(), e);
    }
  }

  static SchemaSnapshot of(Schema schema) {
    StringBuilder text = new StringBuilder("# Schema of " + schema.product() + "\n");
    for (SchemaObject object : schema.objects()) {
      text.append(object.heading()).append('\n');
      for (String line : object.lines()) {
        text.append(line.isBlank() ? "" : INDENT + line).append('\n');
      }
    }
    return new SchemaSnapshot(text.toString());
  }

  /**
   * Reads a snapshot from a file that {@link #write} has written.
   *
   * @param file a file in UTF-8; its line ends may have been changed
   * @return the snapshot
   * @throws UncheckedIOException if it cannot be read
   */
  public static SchemaSnapshot read(Path file) {
    try {
      return new SchemaSnapshot(Files.readString(file).replace("\r\n", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the text to a file, in UTF-8; makes the folders above it, and replaces what it held.
   *
   * @param file the file
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compares with another snapshot.
   *
   * @param other the other snapshot
   * @return a line for each line that is in one of them only, such as {@code - table users: column
   *     age integer}: behind {@code -} what this one has, behind {@code +} what the other has;
   *     empty if they are equal
   */
  public List<String> differences(SchemaSnapshot other) {
    return differencesTo(other).stream().map(SchemaDiff.Difference::toString).toList();
  }

  List<SchemaDiff.Difference> differencesTo(SchemaSnapshot other) {
    return text.equals(other.text)
        ? List.of()
        : SchemaDiff.between(linesByHeading(), other.linesByHeading());
  }

  /**
   * Compares with a golden file. A file that is not there is written, and the test fails once, so
   * that somebody looks at it.
   *
   * @param goldenFile the file, which belongs into version control
   * @throws AssertionFailedError if the file was not there, or holds another schema; the message
   *     has each line that differs
   * @throws UncheckedIOException if it cannot be read or written
   */
  public void assertMatches(Path goldenFile) {
    if (Files.notExists(goldenFile)) {
      write(goldenFile);
      throw new AssertionFailedError(
          "%s was not there. It holds the schema of now: review it, commit it and run the test again."
              .formatted(goldenFile));
    }
    SchemaSnapshot golden = read(goldenFile);
    if (!golden.equals(this)) {
      throw new AssertionFailedError(
          ("The schema is not that of %s (- in the file, + in the database):%n%s%nIf the change is"
                  + " meant, delete the file and run the test again; it writes the schema of now, to"
                  + " be reviewed and committed.")
              .formatted(goldenFile, String.join(System.lineSeparator(), golden.differences(this))),
          golden.text,
          text);
    }
  }

  /** The first line, which names the product, is a heading like any other. */
  private Map<String, List<String>> linesByHeading() {
    Map<String, List<String>> objects = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.isEmpty() || line.startsWith(INDENT)) {
        lines.add(line.isEmpty() ? line : line.substring(INDENT.length()));
      } else {
        lines = objects.computeIfAbsent(line, heading -> new ArrayList<>());
      }
    }
    return objects;
  }

  @Override
  @SuppressWarnings("exports") // JSpecify is not needed to use this
  public boolean equals(@Nullable Object other) {
    return other instanceof SchemaSnapshot snapshot && snapshot.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /**
   * Returns the text, as {@link #write} writes it.
   *
   * @return lines, each with its end
   */
  @Override
  public String toString() {
    return text;
  }
}
