package dev.kysera.migrations.internal.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What blocks others on PostgreSQL, rewrites a table, or takes away what they still use. */
final class PostgresRules {

  private static final Set<String> CONSTRAINTS =
      Set.of("CONSTRAINT", "UNIQUE", "PRIMARY", "FOREIGN", "CHECK", "EXCLUDE");

  private static final Set<String> SERIALS =
      Set.of("SERIAL", "BIGSERIAL", "SMALLSERIAL", "SERIAL2", "SERIAL4", "SERIAL8");

  private static final Set<String> VOLATILE =
      Set.of(
          "RANDOM",
          "GEN_RANDOM_UUID",
          "GEN_RANDOM_BYTES",
          "CLOCK_TIMESTAMP",
          "TIMEOFDAY",
          "NEXTVAL",
          "SETVAL",
          "UUIDV4",
          "UUIDV7");

  private static final Set<String> WEAK_LOCKS =
      Set.of("ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE");

  private final PlanTables plan;
  private final String migration;
  private final boolean inTransaction;
  private final List<Finding> findings = new ArrayList<>();

  private PostgresRules(PlanTables plan, String migration, boolean inTransaction) {
    this.plan = plan;
    this.migration = migration;
    this.inTransaction = inTransaction;
  }

  static List<Finding> of(
      List<String> statement, PlanTables plan, String migration, boolean inTransaction) {
    PostgresRules rules = new PostgresRules(plan, migration, inTransaction);
    rules.read(new Words(statement));
    rules.findings.addAll(Dml.unbounded(statement));
    return rules.findings;
  }

  private void add(Rule rule, String table, String message) {
    findings.add(new Finding(rule, table, message));
  }

  private void read(Words words) {
    switch (words.take()) {
      case "CREATE" -> create(words);
      case "DROP" -> drop(words);
      case "REINDEX" -> reindex(words);
      case "ALTER" -> alter(words);
      case "TRUNCATE" -> truncate(words);
      case "LOCK" -> lock(words);
      case "VACUUM" -> vacuum(words);
      case "CLUSTER" -> cluster(words);
      case "REFRESH" -> refresh(words);
      default -> {}
    }
  }

  // --- indexes

  private void create(Words words) {
    words.skip("UNIQUE");
    if (!words.skip("INDEX")) {
      return;
    }
    boolean concurrently = words.skip("CONCURRENTLY");
    words.skip("IF", "NOT", "EXISTS");
    String index = words.peek().equals("ON") ? "" : words.name() + " ";
    if (!words.skip("ON") || words.skip("ONLY")) {
      return; // an index on a partitioned table alone is built by its parts
    }
    String table = words.name();
    if (concurrently) {
      requireOutside("CREATE INDEX CONCURRENTLY", table);
    } else {
      add(
          Rule.BlockingIndex,
          table,
          "Building the index "
              + index
              + "locks "
              + table
              + " against writes until it is done. CREATE INDEX CONCURRENTLY does not; it needs"
              + " @Migration(transactional = false).");
    }
  }

  private void requireOutside(String what, String table) {
    if (inTransaction) {
      add(
          Rule.ConcurrentlyInTransaction,
          table,
          what
              + " cannot run inside a transaction, and the migration runs in one. Put it into a"
              + " migration of its own with @Migration(transactional = false).");
    }
  }

  private void drop(Words words) {
    if (words.skip("INDEX")) {
      dropIndexes(words);
    } else if (words.skip("TABLE") || words.skip("MATERIALIZED", "VIEW")) {
      words.skip("IF", "EXISTS");
      for (Words item : words.items()) {
        String table = item.name();
        add(
            Rule.Drop,
            table,
            "An application that still reads "
                + table
                + " fails from now on, the version before a roll-out too, and its rows are gone."
                + " Drop it in a release behind the one that has stopped using it.");
      }
    }
  }

  private void dropIndexes(Words words) {
    boolean concurrently = words.skip("CONCURRENTLY");
    words.skip("IF", "EXISTS");
    for (Words item : words.items()) {
      String index = item.name();
      String table = plan.tableOf(index).orElse("");
      if (concurrently) {
        requireOutside("DROP INDEX CONCURRENTLY", table);
      } else {
        add(
            Rule.BlockingIndex,
            table,
            "Dropping the index "
                + index
                + " locks its table against reads and writes, and waits for all that use it. DROP"
                + " INDEX CONCURRENTLY does not; it needs @Migration(transactional = false).");
      }
    }
  }

  private void reindex(Words words) {
    if (words.skip("(")) {
      while (!words.atEnd() && !words.take().equals(")")) {}
    }
    String kind = words.take();
    boolean concurrently = words.skip("CONCURRENTLY");
    String name = words.name();
    String table = kind.equals("INDEX") ? plan.tableOf(name).orElse("") : name;
    if (concurrently) {
      requireOutside("REINDEX CONCURRENTLY", table);
    } else {
      add(
          Rule.BlockingIndex,
          table,
          "REINDEX locks the table against writes, and the index against reads, until it is done."
              + " REINDEX ... CONCURRENTLY does not; it needs @Migration(transactional = false).");
    }
  }

  // --- tables

  private void alter(Words words) {
    if (words.skip("MATERIALIZED", "VIEW") || !words.skip("TABLE")) {
      return;
    }
    words.skip("IF", "EXISTS");
    words.skip("ONLY");
    String table = words.name();
    words.skip("*");
    words.items().forEach(action -> action(table, action));
  }

  private void action(String table, Words action) {
    switch (action.take()) {
      case "ADD" -> {
        if (CONSTRAINTS.contains(action.peek())) {
          constraint(table, action);
        } else {
          action.skip("COLUMN");
          action.skip("IF", "NOT", "EXISTS");
          column(table, action);
        }
      }
      case "ALTER" -> {
        action.skip("COLUMN");
        String column = action.name();
        if (action.skip("SET", "NOT", "NULL")) {
          notNull(table, column);
        } else if (action.skip("TYPE") || action.skip("SET", "DATA", "TYPE")) {
          add(
              Rule.TypeChange,
              table,
              "Another type for "
                  + column
                  + " rewrites "
                  + table
                  + " and its indexes while nobody can read or write it. Only a longer varchar, or"
                  + " text in its place, does not. Else add a column of the new type, fill it in"
                  + " batches, and let the application change over.");
        }
      }
      case "DROP" -> {
        if (!action.peek().equals("CONSTRAINT")) {
          action.skip("COLUMN");
          action.skip("IF", "EXISTS");
          add(Rule.Drop, table, dropColumn(table, action.name()));
        }
      }
      case "RENAME" -> rename(table, action);
      case "VALIDATE" -> {
        action.skip("CONSTRAINT");
        String constraint = action.name();
        if (inTransaction && plan.isAddedBy(migration, constraint)) {
          add(
              Rule.ValidatedTooSoon,
              table,
              "The migration that adds "
                  + constraint
                  + " NOT VALID validates it in the same transaction, so "
                  + table
                  + " stays locked while its rows are read. VALIDATE CONSTRAINT belongs into the"
                  + " next migration.");
        }
      }
      case "SET" -> {
        if (Set.of("LOGGED", "UNLOGGED", "TABLESPACE").contains(action.peek())
            || action.skip("ACCESS", "METHOD")) {
          rewrite(table, "ALTER TABLE ... SET " + action.peek());
        }
      }
      case "DETACH" -> {
        if (Words.contains(action.outside(), "CONCURRENTLY")) {
          requireOutside("DETACH PARTITION CONCURRENTLY", table);
        }
      }
      default -> {}
    }
  }

  private static String dropColumn(String table, String column) {
    return "An application that still reads or writes "
        + column
        + " of "
        + table
        + " fails from now on, the version before a roll-out too, and its values are gone. Drop it"
        + " in a release behind the one that has stopped using it.";
  }

  private void constraint(String table, Words action) {
    String name = action.skip("CONSTRAINT") ? action.name() : "name";
    List<String> rest = action.rest();
    boolean notValid = Words.contains(action.outside(), "NOT", "VALID");
    switch (action.take()) {
      case "FOREIGN", "CHECK" -> {
        if (!notValid) {
          add(Rule.ValidatedConstraint, table, validated(table, name));
        }
      }
      case "NOT" -> {
        if (!notValid && action.skip("NULL")) {
          notNull(table, action.name());
        }
      }
      case "UNIQUE", "PRIMARY", "EXCLUDE" -> {
        if (!Words.contains(rest, "USING", "INDEX")) {
          add(Rule.BlockingUnique, table, unique(table));
        }
      }
      default -> {}
    }
  }

  private static String validated(String table, String constraint) {
    return "Every row of "
        + table
        + " is checked while nobody can write it. Add the constraint with NOT VALID, and let the"
        + " next migration say ALTER TABLE "
        + table
        + " VALIDATE CONSTRAINT "
        + constraint
        + ", which lets others write.";
  }

  private static String unique(String table) {
    return "Its index is built while nobody can read or write "
        + table
        + ". Create a unique index CONCURRENTLY first, in a migration with @Migration(transactional"
        + " = false), then ADD CONSTRAINT ... USING INDEX.";
  }

  private void notNull(String table, String column) {
    if (!plan.hasValidated(table)) {
      add(
          Rule.NotNull,
          table,
          "Every row of "
              + table
              + " is read while nobody can use it. First ADD CONSTRAINT ... CHECK ("
              + column
              + " IS NOT NULL) NOT VALID, then VALIDATE CONSTRAINT in the next migration; behind"
              + " that, SET NOT NULL reads nothing (PostgreSQL 12 and newer).");
    }
  }

  private void column(String table, Words action) {
    String column = action.name();
    String type = action.peek();
    List<String> outside = action.outside();
    List<String> all = action.rest();
    boolean generated = outside.contains("GENERATED");
    boolean counted = SERIALS.contains(type) || outside.contains("IDENTITY");
    boolean fills = outside.contains("DEFAULT") && !generated;
    if (counted || (generated && outside.contains("STORED")) || (fills && isVolatile(all))) {
      add(
          Rule.VolatileDefault,
          table,
          "Each row gets a value of its own for "
              + column
              + ", so "
              + table
              + " is rewritten while nobody can use it. Add the column without it, set the default"
              + " for new rows, and fill the others in batches.");
    } else if (Words.contains(outside, "NOT", "NULL") && !fills && !generated) {
      add(
          Rule.NotNullWithoutDefault,
          table,
          "It fails if "
              + table
              + " has rows, which have no value for "
              + column
              + ". Give it a constant DEFAULT, or add it without NOT NULL, fill it, and demand it"
              + " then.");
    }
    if (outside.contains("REFERENCES") || outside.contains("CHECK")) {
      add(Rule.ValidatedConstraint, table, validated(table, "name"));
    }
    if (outside.contains("UNIQUE") || Words.contains(outside, "PRIMARY", "KEY")) {
      add(Rule.BlockingUnique, table, unique(table));
    }
  }

  private static boolean isVolatile(List<String> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      String word = words.get(i);
      if (words.get(i + 1).equals("(")
          && (VOLATILE.contains(word) || word.startsWith("UUID_GENERATE"))) {
        return true;
      }
    }
    return false;
  }

  private void rename(String table, Words action) {
    if (action.skip("CONSTRAINT")) {
      return;
    }
    if (action.skip("TO")) {
      add(
          Rule.Rename,
          table,
          "An application that knows it as "
              + table
              + " fails from now on, the version before a roll-out too. Let a view have the other"
              + " name until nobody uses the first one.");
    } else {
      action.skip("COLUMN");
      String column = action.name();
      add(
          Rule.Rename,
          table,
          "An application that knows "
              + column
              + " of "
              + table
              + " fails from now on, the version before a roll-out too. Add a column, write both,"
              + " fill it in batches, and drop the first one in a later release.");
    }
  }

  private void truncate(Words words) {
    words.skip("TABLE");
    words.skip("ONLY");
    for (Words item : words.items()) {
      String table = item.name();
      add(
          Rule.Drop,
          table,
          "All rows of "
              + table
              + " go, and nobody can read or write it until the migration ends. DELETE in batches"
              + " lets others work.");
    }
  }

  private void lock(Words words) {
    words.skip("TABLE");
    words.skip("ONLY");
    String table = words.name();
    List<String> rest = words.rest();
    int mode = rest.indexOf("MODE");
    String name =
        rest.isEmpty() || !rest.get(0).equals("IN") || mode < 0
            ? "ACCESS EXCLUSIVE"
            : String.join(" ", rest.subList(1, mode));
    if (!WEAK_LOCKS.contains(name)) {
      add(
          Rule.LockTable,
          table,
          "Others wait for "
              + table
              + " until the migration ends, and so does everybody who comes behind them. Lock the"
              + " rows that matter, or do without.");
    }
  }

  private void vacuum(Words words) {
    boolean full = words.rest().contains("FULL");
    List<String> rest = words.rest();
    if (full) {
      rewrite(rest.get(rest.size() - 1), "VACUUM FULL");
    }
  }

  private void cluster(Words words) {
    words.skip("VERBOSE");
    if (!words.atEnd()) {
      rewrite(words.name(), "CLUSTER");
    }
  }

  private void refresh(Words words) {
    if (words.skip("MATERIALIZED", "VIEW") && !words.skip("CONCURRENTLY")) {
      String view = words.name();
      if (!Words.contains(words.rest(), "WITH", "NO", "DATA")) {
        add(
            Rule.Rewrite,
            view,
            "Nobody can read "
                + view
                + " until it is filled. REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique"
                + " index on it, lets others read.");
      }
    }
  }

  private void rewrite(String table, String what) {
    add(
        Rule.Rewrite,
        table,
        what
            + " writes "
            + table
            + " anew while nobody can read or write it. Do it in a window, or with a tool that works"
            + " beside the application, such as pg_repack.");
  }
}
