package dev.kysera.migrations.processor;

import dev.kysera.migrations.processor.fingerprint.SourceFingerprints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is written about a migration into a constant of {@code Migrations}: for the journal and for
 * the next compilation. A line of text costs the compiler much less than a statement.
 *
 * @param name the name of the migration
 * @param parameters the names of its constructor's parameters
 */
record RegistryLine(String name, SourceFingerprints fingerprints, List<String> parameters) {

  /** With what the names of the constants begin. */
  static final String CONSTANT = "FINGERPRINTS";

  private static final String ABSENT = "-";

  /** Returns all lines, in texts that fit a constant each. */
  static List<String> chunksOf(List<RegistryModel.Entry> entries) {
    List<String> chunks = new ArrayList<>();
    StringBuilder chunk = new StringBuilder();
    for (RegistryModel.Entry entry : entries) {
      RegistryLine line =
          new RegistryLine(entry.declaration().name(), entry.fingerprints(), entry.arguments());
      String text = line.toString();
      if (chunk.length() + text.length() > DefinitionLine.MAX_LENGTH) {
        chunks.add(chunk.toString());
        chunk.setLength(0);
      }
      chunk.append(text);
    }
    if (chunk.length() > 0) {
      chunks.add(chunk.toString());
    }
    return chunks;
  }

  static RegistryLine parse(String line) {
    String[] columns = line.split(" ", -1);
    return new RegistryLine(
        columns[0],
        new SourceFingerprints(fingerprint(columns, 1), fingerprint(columns, 2)),
        columns.length > 3 ? List.of(columns[3].split(",")) : List.of());
  }

  private static Optional<String> fingerprint(String[] columns, int column) {
    return columns.length <= column || columns[column].equals(ABSENT)
        ? Optional.empty()
        : Optional.of(columns[column]);
  }

  /** Returns the line with its end. Names of parameters are no user's text that needs an escape. */
  @Override
  public String toString() {
    String line =
        name + " " + fingerprints.up().orElse(ABSENT) + " " + fingerprints.down().orElse(ABSENT);
    return (parameters.isEmpty() ? line : line + " " + String.join(",", parameters)) + "\n";
  }
}
