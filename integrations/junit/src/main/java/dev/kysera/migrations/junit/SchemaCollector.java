package dev.kysera.migrations.junit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what a reader finds, in any order, and sorts it. */
final class SchemaCollector {

  private record Key(Kind kind, String name) {
    String heading() {
      return kind.word() + " " + name;
    }
  }

  /** Sorted lines, and behind them the text of a definition as it is. */
  private static final class Body {
    private final List<String> lines = new ArrayList<>();
    private final List<String> definition = new ArrayList<>();
  }

  private static final Comparator<Key> BY_KIND_AND_NAME =
      Comparator.comparing(Key::kind).thenComparing(Key::name);

  private final String product;
  private final TreeMap<Key, Body> bodies = new TreeMap<>(BY_KIND_AND_NAME);
  private final TreeMap<Key, String> drops =
      new TreeMap<>(Comparator.comparing(Key::kind).reversed().thenComparing(Key::name));
  private final TreeMap<String, String> tables = new TreeMap<>();
  private final List<String> historyDrops = new ArrayList<>();

  SchemaCollector(String product) {
    this.product = product;
  }

  /** Adds an object with the statement that drops it. */
  void object(Kind kind, String name, @Nullable String drop) {
    Key key = new Key(kind, name);
    bodies.computeIfAbsent(key, k -> new Body());
    if (drop != null) {
      drops.put(key, drop);
    }
  }

  /** Adds a table that holds rows. */
  void table(String name, String sqlName, String drop) {
    object(Kind.TABLE, name, drop);
    tables.put(name, sqlName);
  }

  /** Adds the statement that drops a table of the migrations, which no snapshot shows. */
  void history(String drop) {
    historyDrops.add(drop);
  }

  /** Adds a line to an object; one of an object that was not added is left out. */
  void line(Kind kind, String name, String line) {
    Body body = bodies.get(new Key(kind, name));
    if (body != null) {
      body.lines.add(oneLine(line));
    }
  }

  /** Adds a text of several lines, whose order matters. */
  void definition(Kind kind, String name, String text) {
    Body body = bodies.get(new Key(kind, name));
    if (body != null) {
      text.strip().lines().map(line -> "  " + line.stripTrailing()).forEach(body.definition::add);
    }
  }

  boolean has(Kind kind, String name) {
    return bodies.containsKey(new Key(kind, name));
  }

  Schema schema() {
    List<SchemaObject> objects = new ArrayList<>();
    bodies.forEach(
        (key, body) -> {
          List<String> lines = new ArrayList<>(body.lines);
          lines.sort(Comparator.naturalOrder());
          lines.addAll(body.definition);
          objects.add(new SchemaObject(key.heading(), lines));
        });
    Map<String, String> statements = new LinkedHashMap<>();
    drops.forEach((key, drop) -> statements.put(key.heading(), drop));
    return new Schema(product, objects, tables, statements, historyDrops);
  }

  /** A comment or a default may hold line ends, which would break the form of a snapshot. */
  private static String oneLine(String line) {
    return line.replace("\r", "\\r").replace("\n", "\\n");
  }
}
