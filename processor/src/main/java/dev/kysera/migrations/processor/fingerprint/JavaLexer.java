package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides the text of a source file into tokens, and leaves comments and blanks out (Java Language
 * Specification 3). The compiler has accepted the text, or reports itself what is wrong with it: so
 * what is no Java gives some tokens, never an exception.
 *
 * <p>A {@code >} is always a token of its own, as what follows it may belong to a type argument;
 * the tokens of two valid programs differ anyway.
 */
final class JavaLexer {

  private static final String TEXT_BLOCK = "\"\"\"";

  /** Symbols that begin no longer one. */
  private static final String SHORT_SYMBOLS = "(){}[];,@~?>";

  /** Longer ones first, so that the longest match is taken. */
  private static final List<String> LONG_SYMBOLS =
      List.of(
          "<<=", "...", "->", "::", "++", "--", "&&", "||", "==", "!=", "<=", "<<", "+=", "-=",
          "*=", "/=", "&=", "|=", "^=", "%=");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private JavaLexer(String text) {
    this.text = text;
  }

  /** Returns the tokens of a file, whatever its line ends. */
  static List<Token> tokensOf(String source) {
    JavaLexer lexer = new JavaLexer(UnicodeEscapes.translate(source));
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c <= ' ' || c == '\uFEFF') {
        position++;
      } else if (text.startsWith("//", position)) {
        position = lineEnd(position);
      } else if (text.startsWith("/*", position)) {
        position = behind("*/", position + 2);
      } else if (text.startsWith(TEXT_BLOCK, position)) {
        textBlock();
      } else if (c == '"') {
        quoted(Token.Kind.STRING, c);
      } else if (c == '\'') {
        quoted(Token.Kind.CHARACTER, c);
      } else if (isDigit(position) || (c == '.' && isDigit(position + 1))) {
        number();
      } else if (Character.isJavaIdentifierStart(text.codePointAt(position))) {
        identifier();
      } else {
        symbol();
      }
    }
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int behind(String delimiter, int from) {
    int end = text.indexOf(delimiter, from);
    return end < 0 ? text.length() : end + delimiter.length();
  }

  /** The content begins behind the line of the opening delimiter. */
  private void textBlock() {
    int from = lineEnd(position + TEXT_BLOCK.length());
    if (text.startsWith("\r\n", from)) {
      from++;
    }
    from = Math.min(from + 1, text.length());
    int end = from;
    while (end < text.length() && !text.startsWith(TEXT_BLOCK, end)) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    end = Math.min(end, text.length());
    add(Token.Kind.STRING, valueOf(text.substring(from, end).stripIndent()));
    position = Math.min(end + TEXT_BLOCK.length(), text.length());
  }

  private void quoted(Token.Kind kind, char quote) {
    int end = position + 1;
    int stop = lineEnd(position);
    while (end < stop && text.charAt(end) != quote) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    end = Math.min(end, stop);
    add(kind, valueOf(text.substring(position + 1, end)));
    position = Math.min(end + 1, text.length());
  }

  private static String valueOf(String escaped) {
    if (escaped.indexOf('\\') < 0) {
      return escaped;
    }
    try {
      return escaped.translateEscapes();
    } catch (IllegalArgumentException e) {
      return escaped;
    }
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  /** A number is taken as it is written, but that {@code 1l} and {@code 1L} are the same. */
  private void number() {
    int from = position;
    while (position < text.length() && isPartOfNumber(from)) {
      position++;
    }
    String number = text.substring(from, position);
    add(
        Token.Kind.NUMBER,
        number.endsWith("l") ? number.substring(0, number.length() - 1) + "L" : number);
  }

  private boolean isPartOfNumber(int from) {
    char c = text.charAt(position);
    if (c == '+' || c == '-') {
      char before = Character.toLowerCase(text.charAt(position - 1));
      boolean hexadecimal =
          position > from + 1 && Character.toLowerCase(text.charAt(from + 1)) == 'x';
      return before == (hexadecimal ? 'p' : 'e');
    }
    return c == '.' || Character.isJavaIdentifierPart(c);
  }

  private void identifier() {
    int from = position;
    while (position < text.length() && Character.isJavaIdentifierPart(text.codePointAt(position))) {
      position += Character.charCount(text.codePointAt(position));
    }
    add(Token.Kind.IDENTIFIER, text.substring(from, position));
  }

  private void symbol() {
    int length = lengthOfSymbol();
    add(Token.Kind.SYMBOL, text.substring(position, position + length));
    position += length;
  }

  private int lengthOfSymbol() {
    if (SHORT_SYMBOLS.indexOf(text.charAt(position)) < 0) {
      for (String symbol : LONG_SYMBOLS) {
        if (text.startsWith(symbol, position)) {
          return symbol.length();
        }
      }
    }
    return Character.charCount(text.codePointAt(position));
  }

  private void add(Token.Kind kind, String value) {
    tokens.add(new Token(kind, value));
  }
}
