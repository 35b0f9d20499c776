package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.annotation.internal.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rules of names that migrations had before. */
public final class FormerNames {

  private FormerNames() {}

  /**
   * Finds former names that do not tell which migration is meant. Upper and lower case are the
   * same, as they are to some databases.
   *
   * @param definitions all migrations
   * @return what is wrong, one entry for each name; empty if all is well
   */
  public static List<String> problemsOf(List<MigrationDefinition> definitions) {
    Map<String, String> current = new HashMap<>();
    for (MigrationDefinition definition : definitions) {
      current.put(folded(definition.name()), definition.name());
    }
    Map<String, String> claimed = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (MigrationDefinition definition : definitions) {
      for (String former : definition.formerly()) {
        String bearer = current.get(folded(former));
        String claimant = claimed.putIfAbsent(folded(former), definition.name());
        if (former.equals(definition.name())) {
          problems.add(Messages.formerlyItself(definition.name()));
        } else if (bearer != null && !bearer.equals(definition.name())) {
          problems.add(Messages.formerlyCurrent(definition.name(), former, bearer));
        } else if (claimant != null && !claimant.equals(definition.name())) {
          problems.add(Messages.formerlyTwice(former, claimant, definition.name()));
        } else if (former.isBlank()) {
          problems.add(Messages.formerlyBlank(definition.name(), Printable.quoted(former)));
        }
      }
    }
    return problems;
  }

  /** Maps each former name to the one of now. */
  static Map<String, String> toCurrent(List<MigrationDefinition> definitions) {
    Map<String, String> current = new HashMap<>();
    for (MigrationDefinition definition : definitions) {
      for (String former : definition.formerly()) {
        current.put(former, definition.name());
      }
    }
    return current;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
