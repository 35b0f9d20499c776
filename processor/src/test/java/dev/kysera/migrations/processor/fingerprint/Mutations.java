package dev.kysera.migrations.processor.fingerprint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edits of single words of a source, which most often compile. */
final class Mutations {

  /**
   * The words of a source, found in another way than by the lexer that is tested: text blocks,
   * strings, characters, comments, numbers, identifiers, operators.
   */
  private static final Pattern WORDS =
      Pattern.compile(
          "(?<block>\"\"\"(?:\\\\[\\s\\S]|(?!\"\"\")[^\\\\])*\"\"\")"
              + "|(?<string>\"(?:\\\\.|[^\"\\\\])*\")"
              + "|(?<char>'(?:\\\\u005c.[^']*|\\\\.[^']*|[^'\\\\]+)')"
              + "|(?<comment>//.*|/\\*[\\s\\S]*?\\*/)"
              + "|(?<number>\\.?[0-9](?:[eE][+-](?=[0-9])|[pP][+-](?=[0-9])|[\\w.])*)"
              + "|(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)"
              + "|(?<operator>>>>=|<<=|>>=|>>>|\\.\\.\\.|->|::|\\+\\+|--|&&|\\|\\||[=!<>+\\-*/&|^%]="
              + "|<<|>>|[\\S])");

  private static final List<List<String>> ALTERNATIVES =
      List.of(
          List.of("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>"),
          List.of("==", "!=", "<", ">", "<=", ">="),
          List.of("&&", "||", "^"),
          List.of("+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", ">>>=", "="),
          List.of("++", "--"),
          List.of("!", " "),
          List.of("~", "-", "+", " "),
          List.of("true", "false"),
          List.of("int", "long", "short", "Integer", "var"),
          List.of("boolean", "Boolean"),
          List.of("break", "continue"),
          List.of("this", "super"),
          List.of("class", "interface", "record"),
          List.of("final", " "),
          List.of("static", " "),
          List.of("public", "protected", "private", " "),
          List.of("private", "protected", " "),
          List.of("synchronized", " "),
          List.of("volatile", "transient", " "),
          List.of("null", "0", "\"\""),
          List.of("extends", "super"),
          List.of("int", "double", "char", "byte"));

  private static final Pattern STATEMENT = Pattern.compile("(?<=[;{}])\\s*[^;{}]*\\w[^;{}]*;");

  /**
   * An edit.
   *
   * @param from where it begins
   * @param to where what it replaces ends
   * @param with what stands there instead
   */
  record Edit(int from, int to, String with) {

    String appliedTo(String text) {
      return text.substring(0, from) + with + text.substring(to);
    }
  }

  private Mutations() {}

  /** Returns edits of each literal, operator, identifier and keyword, and of statements. */
  static List<Edit> of(String text) {
    Set<Edit> edits = new LinkedHashSet<>();
    List<String> names = names(text);
    Matcher word = WORDS.matcher(text);
    word.region(text.indexOf("org.jdbi"), text.length());
    while (word.find()) {
      int from = word.start();
      int to = word.end();
      if (word.group("comment") != null) {
        continue;
      }
      if (word.group("block") != null) {
        int content = text.indexOf('\n', from) + 1;
        addInText(text, content, to - 3, edits);
      } else if (word.group("string") != null) {
        addInText(text, from + 1, to - 1, edits);
        edits.add(new Edit(from + 1, from + 1, " "));
        edits.add(new Edit(to - 1, to - 1, "\\n"));
        edits.add(new Edit(from, to, "null"));
      } else if (word.group("char") != null) {
        edits.add(new Edit(from, to, "'~'"));
        edits.add(new Edit(from, to, "\"~\""));
        edits.add(new Edit(from, to, "126"));
      } else if (word.group("number") != null) {
        edits.add(new Edit(from, from, "1"));
        edits.add(new Edit(from, from, "-"));
        edits.add(new Edit(from, to, "(" + word.group() + "+0)"));
        edits.add(new Edit(to, to, "0"));
        edits.add(new Edit(to, to, "_0"));
        edits.add(new Edit(to, to, "L"));
        edits.add(new Edit(to, to, "f"));
      } else {
        addAlternatives(word.group(), from, to, edits);
        if (word.group("word") != null) {
          edits.add(new Edit(from, to, word.group() + "_"));
          edits.add(
              new Edit(from, to, names.get((names.indexOf(word.group()) + 1) % names.size())));
        }
      }
    }
    Matcher statement = STATEMENT.matcher(text);
    for (int at = 0; statement.find(at); at = statement.end() - 1) {
      if (statement.group().contains("//") || statement.group().contains("/*")) {
        continue;
      }
      edits.add(new Edit(statement.start(), statement.end(), " "));
      edits.add(new Edit(statement.end(), statement.end(), statement.group()));
      edits.add(new Edit(statement.end(), statement.end(), " assert true;"));
    }
    edits.removeIf(edit -> edit.with().equals(text.substring(edit.from(), edit.to())));
    return List.copyOf(edits);
  }

  private static List<String> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher word = WORDS.matcher(text);
    while (word.find()) {
      if (word.group("word") != null) {
        names.add(word.group());
      }
    }
    return List.copyOf(names);
  }

  private static void addAlternatives(String word, int from, int to, Set<Edit> edits) {
    for (List<String> group : ALTERNATIVES) {
      if (group.contains(word)) {
        group.forEach(other -> edits.add(new Edit(from, to, other)));
      }
    }
  }

  /**
   * One edit for each sort of character: what stands there is read by its place or its neighbour.
   */
  private static void addInText(String text, int from, int to, Set<Edit> edits) {
    Set<Integer> sorts = new LinkedHashSet<>();
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean escaped = text.charAt(i - 1) == '\\' || text.charAt(Math.max(i - 6, 0)) == '\\';
      if (c == '\\'
          || c == '\n'
          || c == '\r'
          || escaped
          || isMargin(text, i)
          || isInUnicodeEscape(text, i)) {
        continue;
      }
      if (sorts.add(Character.getType(c))) {
        if (Character.isHighSurrogate(c) || Character.isLowSurrogate(c)) {
          continue;
        }
        edits.add(new Edit(i, i + 1, c == 'x' ? "y" : "x"));
        edits.add(new Edit(i, i + 1, ""));
        edits.add(new Edit(i, i, "\\t"));
        edits.add(new Edit(i, i, "  z"));
        if (Character.isLetter(c) && Character.toUpperCase(c) != c) {
          edits.add(new Edit(i, i + 1, "" + Character.toUpperCase(c)));
        }
      }
    }
  }

  /** Blanks at the beginning and at the end of a line are no part of a text block's value. */
  private static boolean isMargin(String text, int at) {
    if (!Character.isWhitespace(text.charAt(at))) {
      return false;
    }
    int before = at;
    while (text.charAt(before) != '\n' && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    int behind = at;
    while (text.charAt(behind) != '\n' && Character.isWhitespace(text.charAt(behind))) {
      behind++;
    }
    return text.charAt(before) == '\n' || text.charAt(behind) == '\n';
  }

  private static boolean isInUnicodeEscape(String text, int at) {
    int escape = text.lastIndexOf("\\u", at);
    return escape >= 0 && at - escape < 8;
  }

  /** Returns the same source with something that means nothing between all its words. */
  static String withBetween(String text, String nothing) {
    StringBuilder result = new StringBuilder();
    Matcher word = WORDS.matcher(text);
    int end = 0;
    String before = "";
    while (word.find()) {
      result.append(text, end, word.start());
      if (!(before + word.group()).matches("non-|-sealed")) {
        result.append(nothing);
      }
      result.append(word.group());
      if (word.group().startsWith("//")) {
        result.append('\n');
      }
      before = word.group();
      end = word.end();
    }
    return result.append(nothing).append(text.substring(end)).toString();
  }
}
