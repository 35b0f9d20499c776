package dev.kysera.migrations.internal.sql;

import dev.kysera.migrations.internal.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Divides SQL into tokens. It takes any text: what has no end goes to the end of the text. */
final class SqlLexer {

  /** What may stand right before the quote of a text. */
  private static final Set<String> PREFIXES = Set.of("E", "N", "B", "X", "U&");

  private final String sql;
  private final SqlSyntax syntax;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int position;

  private SqlLexer(String sql, SqlSyntax syntax) {
    this.sql = sql;
    this.syntax = syntax;
  }

  static List<SqlToken> tokens(String sql, SqlSyntax syntax) {
    return new SqlLexer(sql, syntax).read();
  }

  private List<SqlToken> read() {
    while (position < sql.length()) {
      char c = sql.charAt(position);
      if (Character.isWhitespace(c)) {
        position++;
      } else {
        int start = position;
        Kind kind = next(c);
        tokens.add(new SqlToken(kind, sql.substring(start, position), start, position));
      }
    }
    return List.copyOf(tokens);
  }

  private Kind next(char c) {
    if (sql.startsWith("--", position) || (c == '#' && syntax == SqlSyntax.MYSQL)) {
      lineComment();
      return Kind.COMMENT;
    }
    if (sql.startsWith("/*", position)) {
      blockComment();
      return Kind.COMMENT;
    }
    if (c == '\'') {
      quoted('\'', syntax == SqlSyntax.MYSQL);
      return Kind.STRING;
    }
    if (c == '"') {
      quoted('"', syntax == SqlSyntax.MYSQL);
      return syntax == SqlSyntax.MYSQL ? Kind.STRING : Kind.QUOTED;
    }
    if (c == '`' && (syntax == SqlSyntax.MYSQL || syntax == SqlSyntax.SQLITE)) {
      quoted('`', false);
      return Kind.QUOTED;
    }
    if (c == '[' && syntax == SqlSyntax.SQLITE) {
      position = behind("]", position);
      return Kind.QUOTED;
    }
    if (c == '$' && isDollarQuote()) {
      return Kind.STRING;
    }
    if (Character.isDigit(c) || (c == '.' && isDigit(position + 1))) {
      number();
      return Kind.NUMBER;
    }
    if (Character.isJavaIdentifierStart(c) && c != '$') {
      return word();
    }
    return symbol(c);
  }

  private void lineComment() {
    while (position < sql.length() && sql.charAt(position) != '\n') {
      position++;
    }
  }

  private void blockComment() {
    int depth = 1;
    position += 2;
    while (position < sql.length() && depth > 0) {
      if (sql.startsWith("*/", position)) {
        depth--;
        position += 2;
      } else if (syntax == SqlSyntax.POSTGRESQL && sql.startsWith("/*", position)) {
        depth++;
        position += 2;
      } else {
        position++;
      }
    }
  }

  /** A quote within is written twice, or behind a backslash where that escapes. */
  private void quoted(char quote, boolean backslashes) {
    position++;
    while (position < sql.length()) {
      char c = sql.charAt(position++);
      if (c == '\\' && backslashes) {
        position = Math.min(position + 1, sql.length());
      } else if (c == quote) {
        if (position == sql.length() || sql.charAt(position) != quote) {
          return;
        }
        position++;
      }
    }
  }

  private int behind(String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }

  /** Moves behind a text such as {@code $body$ ... $body$}, if one begins here. */
  private boolean isDollarQuote() {
    if (syntax == SqlSyntax.MYSQL || syntax == SqlSyntax.SQLITE) {
      return false;
    }
    int end = position + 1;
    while (end < sql.length() && isTag(end)) {
      end++;
    }
    if (end == sql.length() || sql.charAt(end) != '$') {
      return false;
    }
    position = behind(sql.substring(position, end + 1), end + 1);
    return true;
  }

  private boolean isTag(int at) {
    char c = sql.charAt(at);
    return c != '$'
        && Character.isJavaIdentifierPart(c)
        && !(at == position + 1 && Character.isDigit(c));
  }

  private boolean isDigit(int at) {
    return at < sql.length() && Character.isDigit(sql.charAt(at));
  }

  /** The sign of an exponent belongs to it. */
  private void number() {
    while (position < sql.length()) {
      char c = sql.charAt(position);
      boolean sign =
          (c == '+' || c == '-')
              && "eE".indexOf(sql.charAt(position - 1)) >= 0
              && isDigit(position + 1);
      if (!sign && c != '.' && !Character.isLetterOrDigit(c) && c != '_') {
        return;
      }
      position++;
    }
  }

  private Kind word() {
    int start = position;
    while (position < sql.length() && Character.isJavaIdentifierPart(sql.charAt(position))) {
      position++;
    }
    String word = sql.substring(start, position).toUpperCase(Locale.ROOT);
    if (word.equals("U") && sql.startsWith("&\"", position)) {
      position++;
      quoted('"', false);
      return Kind.QUOTED;
    }
    if (word.equals("U") && sql.startsWith("&'", position)) {
      word = "U&";
      position++;
    }
    if (PREFIXES.contains(word) && position < sql.length() && sql.charAt(position) == '\'') {
      quoted(
          '\'', syntax == SqlSyntax.MYSQL || (syntax == SqlSyntax.POSTGRESQL && word.equals("E")));
      return Kind.STRING;
    }
    return Kind.WORD;
  }

  private Kind symbol(char c) {
    boolean twice = sql.startsWith("::", position);
    boolean escaped = syntax == SqlSyntax.POSTGRESQL && sql.startsWith("??", position);
    position += twice || escaped ? 2 : 1;
    return c == '?' && !escaped ? Kind.PARAMETER : Kind.SYMBOL;
  }
}
