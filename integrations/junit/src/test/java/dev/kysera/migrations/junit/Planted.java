package dev.kysera.migrations.junit;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.TestDatabase.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Migrations as projects have them, each with a right and a wrong way back. */
record Planted(List<Change> changes) {

  record Change(String name, List<String> up, List<String> down, List<String> wrong) {}

  /** The ordinary ones. */
  static Planted fifty(Kind kind) {
    return of("fifty", kind);
  }

  /** Those where a database keeps, forgets or renames something by itself. */
  static Planted hard(Kind kind) {
    return of("hard", kind);
  }

  private static Planted of(String folder, Kind kind) {
    String file = "/" + folder + "/" + kind.name().toLowerCase(Locale.ROOT) + ".txt";
    List<Change> changes = new ArrayList<>();
    try (InputStream text = Planted.class.getResourceAsStream(file)) {
      for (String line : new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.startsWith(" ")) {
          changes.add(new Change(line, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
          continue;
        }
        Change change = changes.get(changes.size() - 1);
        String[] parts = line.strip().split(" ", 2);
        switch (parts[0]) {
          case "up" -> change.up().add(parts[1]);
          case "down" -> change.down().add(parts[1]);
          default -> {
            if (parts.length > 1) {
              change.wrong().addAll(List.of(parts[1].split(" ;; ")));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Planted(changes);
  }

  List<String> names() {
    return changes.stream().map(Change::name).toList();
  }

  /** The migrations, with the wrong way back for some. */
  MigrationRegistry registry(Collection<String> wrong) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (Change change : changes) {
      builder.add(
          change.name(),
          statements(change.up()),
          statements(wrong.contains(change.name()) ? change.wrong() : change.down()));
    }
    return builder.build();
  }

  private static JdbiMigration statements(List<String> statements) {
    return handle -> {
      for (String sql : statements) {
        try (var statement = handle.getConnection().createStatement()) {
          statement.execute(sql);
        }
      }
    };
  }
}
