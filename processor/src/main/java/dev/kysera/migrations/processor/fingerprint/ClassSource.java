package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.List;

/**
 * A class among the tokens of its file.
 *
 * @param file all tokens of the file
 * @param start where its modifiers begin, or its keyword where it has none
 * @param keyword where {@code class} or {@code record} stands
 * @param body behind its opening brace
 * @param end behind its closing brace
 */
record ClassSource(List<Token> file, int start, int keyword, int body, int end) {

  private static final String DOWN = "down";
  private static final String HANDLE = "Handle";

  /**
   * The tokens of the class, divided.
   *
   * @param modifiers what stands before its keyword
   * @param rest the class from its keyword on, without {@code down}
   * @param down the method that goes back, empty if it is inherited
   */
  record Parts(List<Token> modifiers, List<Token> rest, List<Token> down) {}

  Parts parts() {
    List<Token> rest = new ArrayList<>(file.subList(keyword, body));
    List<Token> down = new ArrayList<>();
    int member = body;
    int i = body;
    while (i < end - 1) {
      if (isDown(i)) {
        i = behindMethod(i);
        down.addAll(file.subList(member, i));
        member = i;
      } else {
        i = behindWhatBeginsAt(i);
        if (endsMember(i - 1)) {
          rest.addAll(file.subList(member, i));
          member = i;
        }
      }
    }
    rest.addAll(file.subList(member, end));
    return new Parts(file.subList(start, keyword), rest, down);
  }

  private int behindWhatBeginsAt(int i) {
    Token token = file.get(i);
    return token.is("(") || token.is("{") ? behindClosing(file, i) : i + 1;
  }

  /** An array in braces ends no member, but what is left of it does no harm as one of its own. */
  private boolean endsMember(int i) {
    return file.get(i).is(";") || file.get(i).is("}");
  }

  /** Says whether the method {@code down(Handle)} is declared here, not called. */
  private boolean isDown(int i) {
    if (!file.get(i).is(DOWN) || i == body || !file.get(i - 1).isIdentifier()) {
      return false;
    }
    if (!file.get(i + 1).is("(") || file.get(i - 1).is("new")) {
      return false;
    }
    int behind = behindClosing(file, i + 1);
    return behind < end
        && (file.get(behind).is("{") || file.get(behind).is("throws"))
        && isOneHandle(i + 2, behind - 1);
  }

  private boolean isOneHandle(int from, int to) {
    return to - from >= 2
        && file.get(to - 2).is(HANDLE)
        && file.subList(from, to).stream().noneMatch(token -> token.is(","));
  }

  private int behindMethod(int name) {
    int i = name;
    while (i < end && !file.get(i).is("{")) {
      i = behindWhatBeginsAt(i);
    }
    return i < end ? behindClosing(file, i) : end;
  }

  /** Returns the place behind what closes a bracket, the end of the file if nothing does. */
  static int behindClosing(List<Token> tokens, int opening) {
    String open = tokens.get(opening).text();
    String close = open.equals("(") ? ")" : "}";
    int depth = 0;
    for (int i = opening; i < tokens.size(); i++) {
      if (tokens.get(i).is(open)) {
        depth++;
      } else if (tokens.get(i).is(close) && --depth == 0) {
        return i + 1;
      }
    }
    return tokens.size();
  }
}
