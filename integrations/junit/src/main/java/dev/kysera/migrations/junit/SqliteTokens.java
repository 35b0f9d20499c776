package dev.kysera.migrations.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of a statement as SQLite keeps it, which is as somebody typed it: without comments,
 * with keywords and names in lower case and without quotes that a name does not need.
 */
final class SqliteTokens {

  enum TokenKind {
    /** May be a keyword. */
    WORD,
    /** A name in quotes. */
    NAME,
    LITERAL,
    SYMBOL
  }

  /**
   * A token.
   *
   * @param text as a snapshot shows it
   * @param kind what it is
   */
  record Token(String text, TokenKind kind) {
    boolean is(String... keywords) {
      return kind == TokenKind.WORD && List.of(keywords).contains(text);
    }

    boolean isSymbol(String symbol) {
      return kind == TokenKind.SYMBOL && text.equals(symbol);
    }
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>\\s+|--[^\\n]*|/\\*(?s:.*?)(?:\\*/|$))"
              + "|(?<literal>[xX]?'(?:[^']|'')*')"
              + "|(?<quoted>\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\\[[^\\]]*\\])"
              + "|(?<number>\\d[\\w.]*)"
              + "|(?<word>[\\w$\\x{80}-\\x{10ffff}]+)"
              + "|(?<symbol>\\|\\||<=|>=|<>|!=|==|<<|>>|->>|->|.)",
          Pattern.DOTALL);

  /** Behind these a parenthesis is no list of arguments. */
  private static final Set<String> SPACED =
      Set.of(
          "and", "or", "not", "in", "check", "as", "when", "then", "else", "on", "using", "values",
          "by", "where", "exists", "key", "unique", "select", "from", "join", "union", "all",
          "case", "between", "like", "over", "is", "having", "set");

  private SqliteTokens() {}

  static List<Token> of(String sql) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    while (matcher.find()) {
      if (matcher.group("space") != null) {
        continue;
      }
      String text = matcher.group();
      if (matcher.group("quoted") != null) {
        tokens.add(new Token(unquoted(text), TokenKind.NAME));
      } else if (matcher.group("word") != null) {
        tokens.add(new Token(text.toLowerCase(Locale.ROOT), TokenKind.WORD));
      } else {
        boolean symbol = matcher.group("symbol") != null;
        tokens.add(new Token(text, symbol ? TokenKind.SYMBOL : TokenKind.LITERAL));
      }
    }
    return tokens;
  }

  /** The tokens as one line; two texts of the same tokens give the same line. */
  static String line(List<Token> tokens) {
    StringBuilder line = new StringBuilder();
    Token before = null;
    for (Token token : tokens) {
      if (before != null && isSpaced(before, token)) {
        line.append(' ');
      }
      line.append(token.text());
      before = token;
    }
    return line.toString();
  }

  private static boolean isSpaced(Token before, Token token) {
    if (before.isSymbol("(") || before.isSymbol(".")) {
      return false;
    }
    if (token.isSymbol(")") || token.isSymbol(",") || token.isSymbol(".") || token.isSymbol(";")) {
      return false;
    }
    return switch (before.kind()) {
      case WORD -> !token.isSymbol("(") || SPACED.contains(before.text());
      // SQLite puts names into quotes when it renames what they name.
      case NAME -> !token.isSymbol("(");
      case LITERAL, SYMBOL -> true;
    };
  }

  /** SQLite does not tell the case of names apart, quoted or not. */
  private static String unquoted(String quoted) {
    char quote = quoted.charAt(0);
    String name = quoted.substring(1, quoted.length() - 1);
    if (quote != '[') {
      name = name.replace("" + quote + quote, "" + quote);
    }
    return SqlNames.ANY.shown(name.toLowerCase(Locale.ROOT));
  }
}
