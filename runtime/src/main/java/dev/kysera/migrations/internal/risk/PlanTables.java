package dev.kysera.migrations.internal.risk;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a plan has made so far, in which nobody else is interested yet. */
final class PlanTables {

  private final ExistingTables existing;
  private final Set<String> made = new HashSet<>();
  private final Map<String, String> indexes = new HashMap<>();
  private final Set<String> validated = new HashSet<>();
  private final Map<String, String> notValid = new HashMap<>();

  PlanTables(ExistingTables existing) {
    this.existing = existing;
  }

  /** Notes what a statement makes. */
  void read(String migration, Words words) {
    if (words.skip("CREATE")) {
      created(words);
    } else if (words.skip("SELECT") || words.skip("WITH")) {
      while (!words.atEnd()) {
        if (words.skip("INTO")) {
          words.skipAny("TEMP", "TEMPORARY", "UNLOGGED");
          words.skip("TABLE");
          made.add(ExistingTables.plain(words.name()));
        } else {
          words.take();
        }
      }
    } else if (words.skip("ALTER", "TABLE")) {
      altered(migration, words);
    } else if (words.skip("RENAME", "TABLE")) {
      for (Words item : words.items()) {
        String from = item.name();
        if (item.skip("TO")) {
          renamed(from, item.name());
        }
      }
    }
  }

  private void created(Words words) {
    words.skip("OR", "REPLACE");
    words.skipAny("GLOBAL", "LOCAL");
    words.skipAny("TEMP", "TEMPORARY", "UNLOGGED", "FOREIGN");
    boolean unique = words.skip("UNIQUE");
    if (words.skip("INDEX")) {
      words.skip("CONCURRENTLY");
      words.skip("IF", "NOT", "EXISTS");
      String index = words.peek().equals("ON") ? "" : words.name();
      if (words.skip("ON")) {
        words.skip("ONLY");
        indexes.put(ExistingTables.plain(index), words.name());
      }
    } else if (!unique && (words.skip("TABLE") || words.skip("MATERIALIZED", "VIEW"))) {
      words.skip("IF", "NOT", "EXISTS");
      String table = ExistingTables.plain(words.name());
      if (!existing.known() || !isThere(table)) {
        made.add(table);
      }
    }
  }

  /** {@code IF NOT EXISTS} does not make it anew. */
  private boolean isThere(String table) {
    return existing.tables().stream().anyMatch(known -> known.name().equalsIgnoreCase(table));
  }

  private void altered(String migration, Words words) {
    words.skip("IF", "EXISTS");
    words.skip("ONLY");
    String table = words.name();
    for (Words action : words.items()) {
      if (action.skip("RENAME", "TO") || action.skip("RENAME", "AS")) {
        renamed(table, action.name());
      } else if (action.skip("VALIDATE", "CONSTRAINT")) {
        validated.add(ExistingTables.plain(table));
      } else if (action.skip("ADD", "CONSTRAINT")) {
        String constraint = action.name();
        if (Words.contains(action.outside(), "NOT", "VALID")) {
          notValid.put(ExistingTables.plain(constraint), migration);
        }
      }
    }
  }

  private void renamed(String from, String to) {
    if (made.contains(ExistingTables.plain(from))) {
      made.add(ExistingTables.plain(to));
    }
  }

  /** Whether others are at work with a table, and would notice what is done to it. */
  boolean matters(String table) {
    return !made.contains(ExistingTables.plain(table)) && existing.isLarge(table);
  }

  /** The table of an index, if it is known. */
  Optional<String> tableOf(String index) {
    return Optional.ofNullable(indexes.get(ExistingTables.plain(index)))
        .or(() -> existing.tableOf(index));
  }

  /** Whether the plan has validated a constraint of the table, which then proves its rows. */
  boolean hasValidated(String table) {
    return validated.contains(ExistingTables.plain(table));
  }

  /** Whether the same migration has added the constraint without validating it. */
  boolean isAddedBy(String migration, String constraint) {
    return migration.equals(notValid.get(ExistingTables.plain(constraint)));
  }
}
