package dev.kysera.migrations.internal.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What copies a table of MySQL or MariaDB, or takes away what others still use. */
final class MySqlRules {

  /** What may follow DROP in ALTER TABLE and is no column. */
  private static final Set<String> NO_COLUMN =
      Set.of("INDEX", "KEY", "PRIMARY", "FOREIGN", "CONSTRAINT", "CHECK", "PARTITION");

  private final List<Finding> findings = new ArrayList<>();

  private MySqlRules() {}

  static List<Finding> of(List<String> statement) {
    MySqlRules rules = new MySqlRules();
    rules.read(new Words(statement));
    rules.findings.addAll(Dml.unbounded(statement));
    return rules.findings;
  }

  private void add(Rule rule, String table, String message) {
    findings.add(new Finding(rule, table, message));
  }

  private void read(Words words) {
    if (words.skip("DROP")) {
      words.skip("TEMPORARY");
      if (words.skip("TABLE")) {
        words.skip("IF", "EXISTS");
        words.items().forEach(item -> dropped(item.name()));
      }
    } else if (words.skip("TRUNCATE")) {
      words.skip("TABLE");
      dropped(words.name());
    } else if (words.skip("RENAME", "TABLE")) {
      words.items().forEach(item -> renamed(item.name(), ""));
    } else if (words.skip("ALTER")) {
      words.skip("IGNORE");
      if (words.skip("TABLE")) {
        words.skip("IF", "EXISTS");
        String table = words.name();
        List<String> all = words.outside();
        boolean instant = Words.contains(all, "ALGORITHM", "=", "INSTANT");
        words.items().forEach(action -> action(table, action, instant));
      }
    }
  }

  private void action(String table, Words action, boolean instant) {
    switch (action.take()) {
      case "MODIFY" -> typeChange(table, instant);
      case "CONVERT" -> typeChange(table, instant);
      case "CHANGE" -> {
        action.skip("COLUMN");
        action.skip("IF", "EXISTS");
        String column = action.name();
        if (!ExistingTables.plain(column).equals(ExistingTables.plain(action.name()))) {
          renamed(table, column);
        }
        typeChange(table, instant);
      }
      case "ADD" -> {
        if (action.outside().contains("FOREIGN")) {
          add(
              Rule.ForeignKey,
              table,
              "The server copies "
                  + table
                  + " to check every row, and nobody can write it meanwhile. SET SESSION"
                  + " foreign_key_checks = 0 before it adds the key in place, if the rows are known"
                  + " to be right.");
        }
      }
      case "DROP" -> {
        if (!NO_COLUMN.contains(action.peek())) {
          action.skip("COLUMN");
          action.skip("IF", "EXISTS");
          add(
              Rule.Drop,
              table,
              "An application that still reads or writes "
                  + action.name()
                  + " of "
                  + table
                  + " fails from now on, the version before a roll-out too, and its values are gone."
                  + " Drop it in a release behind the one that has stopped using it.");
        }
      }
      case "RENAME" -> {
        if (action.skip("COLUMN")) {
          renamed(table, action.name());
        } else if (!action.peek().equals("INDEX") && !action.peek().equals("KEY")) {
          renamed(table, "");
        }
      }
      default -> {}
    }
  }

  private void typeChange(String table, boolean instant) {
    if (!instant) {
      add(
          Rule.TypeChange,
          table,
          "The server copies "
              + table
              + ", and nobody can write it meanwhile. ALGORITHM=INSTANT fails at once where it would,"
              + " instead of copying; a tool such as gh-ost copies beside the application.");
    }
  }

  private void dropped(String table) {
    add(
        Rule.Drop,
        table,
        "An application that still reads "
            + table
            + " fails from now on or finds it empty, the version before a roll-out too, and its rows"
            + " are gone. Do it in a release behind the one that has stopped using it.");
  }

  private void renamed(String table, String column) {
    add(
        Rule.Rename,
        table,
        "An application that knows "
            + (column.isEmpty() ? "it as " + table : column + " of " + table)
            + " fails from now on, the version before a roll-out too. Add the other one, write both,"
            + " and drop the first in a later release.");
  }
}
