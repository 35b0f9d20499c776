package dev.kysera.migrations.junit;

import dev.kysera.migrations.junit.SqliteTokens.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a table, read from its {@code CREATE TABLE}: SQLite's pragmas tell neither checks
 * nor collations nor names of constraints. A constraint gives the same line whether it was written
 * at its column or behind the columns.
 */
final class SqliteTable {

  private final List<Token> tokens;
  private int at;
  private final List<String> lines = new ArrayList<>();

  private SqliteTable(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a statement that SQLite has accepted.
   *
   * @param sql the text in {@code sqlite_master}
   * @return the lines, not sorted
   */
  static List<String> lines(String sql) {
    SqliteTable table = new SqliteTable(SqliteTokens.of(sql));
    table.read();
    return table.lines;
  }

  private void read() {
    while (at < tokens.size() && !isSymbol("(") && !is("using")) {
      at++;
    }
    if (is("using")) {
      lines.add(SqliteTokens.line(tokens.subList(at, tokens.size())));
      return;
    }
    int end = closing(at);
    at++;
    while (at < end) {
      int next = nextComma(end);
      if (is("constraint", "primary", "unique", "check", "foreign")) {
        while (at < next) {
          tableConstraint(next);
        }
      } else {
        column(next);
      }
      at = next + 1;
    }
    at = end + 1;
    while (at < tokens.size()) {
      int start = at;
      at = Math.min(nextComma(tokens.size()), tokens.size());
      lines.add(SqliteTokens.line(tokens.subList(start, at)));
      at++;
    }
  }

  private void column(int end) {
    String name = tokens.get(at++).text();
    int start = at;
    while (at < end && !startsConstraint()) {
      at = isSymbol("(") ? closing(at) + 1 : at + 1;
    }
    String type = SqliteTokens.line(tokens.subList(start, at));
    StringBuilder column = new StringBuilder("column " + name);
    column.append(type.isEmpty() ? "" : " " + type);
    List<String> rest = new ArrayList<>();
    while (at < end) {
      String constraint = constraintName();
      if (take("primary")) {
        String order = is("asc", "desc") || is("key") ? orderOfKey() : "";
        lines.add(constraint + "primary key (" + name + order + ")" + conflict() + autoincrement());
      } else if (take("unique")) {
        lines.add(constraint + "unique (" + name + ")" + conflict());
      } else if (take("check")) {
        lines.add(constraint + "check " + parenthesis());
      } else if (is("references")) {
        lines.add(constraint + "foreign key (" + name + ") " + reference(end));
      } else if (take("not")) {
        take("null");
        rest.add(" not null" + conflict());
      } else if (take("null")) {
        conflict();
      } else if (take("default")) {
        rest.add(" default " + defaultValue());
      } else if (take("collate")) {
        rest.add(" collate " + tokens.get(at++).text());
      } else if (is("generated", "as")) {
        rest.add(generated());
      } else {
        rest.add(" " + tokens.get(at++).text());
      }
    }
    rest.stream().sorted().forEach(column::append);
    lines.add(column.toString());
  }

  private void tableConstraint(int end) {
    String constraint = constraintName();
    if (take("primary")) {
      take("key");
      lines.add(constraint + "primary key " + columns() + conflict() + autoincrement());
    } else if (take("unique")) {
      lines.add(constraint + "unique " + columns() + conflict());
    } else if (take("check")) {
      lines.add(constraint + "check " + parenthesis() + conflict());
    } else if (take("foreign")) {
      take("key");
      lines.add(constraint + "foreign key " + parenthesis() + " " + reference(end));
    } else {
      int start = at;
      at = end;
      lines.add(constraint + SqliteTokens.line(tokens.subList(start, end)));
    }
  }

  /** A reference without what is the case anyway, and its actions in one order. */
  private String reference(int end) {
    take("references");
    String target = tokens.get(at++).text();
    if (isSymbol("(")) {
      target += " " + parenthesis();
    }
    String delete = "";
    String update = "";
    String match = "";
    String deferred = "";
    while (at < end) {
      if (is("on")) {
        at++;
        boolean deleting = is("delete");
        at++;
        String action = tokens.get(at++).text();
        if (action.equals("set") || action.equals("no")) {
          action += " " + tokens.get(at++).text();
        }
        if (deleting) {
          delete = SqlNames.action(" on delete ", action);
        } else {
          update = SqlNames.action(" on update ", action);
        }
      } else if (take("match")) {
        match = " match " + tokens.get(at++).text();
      } else if (is("not") && at + 1 < end && tokens.get(at + 1).is("deferrable")) {
        at += 2;
        initially();
      } else if (take("deferrable")) {
        deferred = " deferrable" + initially();
      } else {
        break;
      }
    }
    return "references " + target + delete + update + match + deferred;
  }

  private String initially() {
    if (!take("initially")) {
      return "";
    }
    return tokens.get(at++).is("deferred") ? " initially deferred" : "";
  }

  private String constraintName() {
    return take("constraint") ? "constraint " + tokens.get(at++).text() + " " : "";
  }

  private String orderOfKey() {
    take("key");
    take("asc");
    return take("desc") ? " desc" : "";
  }

  private String autoincrement() {
    return take("autoincrement") ? " autoincrement" : "";
  }

  private String conflict() {
    if (is("on") && at + 1 < tokens.size() && tokens.get(at + 1).is("conflict")) {
      at += 3;
      return " on conflict " + tokens.get(at - 1).text();
    }
    return "";
  }

  /** {@code default (0)} is {@code default 0}. */
  private String defaultValue() {
    if (isSymbol("(")) {
      int close = closing(at);
      boolean single = close == at + 2;
      String value = parenthesis();
      return single ? value.substring(1, value.length() - 1) : value;
    }
    String sign = isSymbol("-") || isSymbol("+") ? tokens.get(at++).text() : "";
    return (sign.equals("+") ? "" : sign) + tokens.get(at++).text();
  }

  private String generated() {
    take("generated");
    take("always");
    take("as");
    String expression = parenthesis();
    boolean stored = take("stored");
    take("virtual");
    return " generated always as " + expression + (stored ? " stored" : " virtual");
  }

  /** The columns of a key, without {@code asc}, which is the case anyway. */
  private String columns() {
    int close = closing(at);
    List<Token> columns = tokens.subList(at, close + 1).stream().filter(t -> !t.is("asc")).toList();
    at = close + 1;
    return SqliteTokens.line(columns);
  }

  private String parenthesis() {
    int close = closing(at);
    String text = SqliteTokens.line(tokens.subList(at, close + 1));
    at = close + 1;
    return text;
  }

  private boolean startsConstraint() {
    return is(
        "constraint",
        "primary",
        "unique",
        "check",
        "references",
        "not",
        "null",
        "default",
        "collate",
        "generated",
        "as");
  }

  private boolean is(String... keywords) {
    return at < tokens.size() && tokens.get(at).is(keywords);
  }

  private boolean isSymbol(String symbol) {
    return at < tokens.size() && tokens.get(at).isSymbol(symbol);
  }

  private boolean take(String keyword) {
    if (is(keyword)) {
      at++;
      return true;
    }
    return false;
  }

  /** The position of the parenthesis that closes the one at a position. */
  private int closing(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += tokens.get(i).isSymbol("(") ? 1 : 0;
      depth -= tokens.get(i).isSymbol(")") ? 1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return tokens.size() - 1;
  }

  private int nextComma(int end) {
    for (int i = at; i < end; i++) {
      if (tokens.get(i).isSymbol("(")) {
        i = closing(i);
      } else if (tokens.get(i).isSymbol(",")) {
        return i;
      }
    }
    return end;
  }
}
