package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.List;

/**
 * A class among the tokens of its file.
 *
 * @param file all tokens of the file
 * @param brackets those of the file
 * @param start where its modifiers begin, or its keyword where it has none
 * @param keyword where {@code class} or {@code record} stands
 * @param body behind its opening brace
 * @param end behind its closing brace
 */
record ClassSource(List<Token> file, Brackets brackets, int start, int keyword, int body, int end) {

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
        i = brackets.behindWhatBeginsAt(i);
        if (endsMember(i - 1)) {
          rest.addAll(file.subList(member, i));
          member = i;
        }
      }
    }
    rest.addAll(file.subList(member, end));
    return new Parts(file.subList(start, keyword), rest, down);
  }

  /** An array in braces ends no member, but what is left of it does no harm as one of its own. */
  private boolean endsMember(int i) {
    return file.get(i).is(";") || file.get(i).is("}");
  }

  /**
   * Says whether the method {@code down(Handle)} is declared here, not called: a type stands before
   * it, and a body behind it.
   */
  private boolean isDown(int i) {
    if (!file.get(i).is(DOWN) || !file.get(i + 1).is("(") || !file.get(i - 1).is("void")) {
      return false;
    }
    int behind = brackets.behind(i + 1);
    return behind < end
        && (file.get(behind).is("{") || file.get(behind).is("throws"))
        && isOneHandle(i + 2, behind - 1);
  }

  /** The instance itself may be named first, as {@code A this}; it is no parameter. */
  private boolean isOneHandle(int from, int to) {
    if (to - from < 2 || !file.get(to - 2).is(HANDLE)) {
      return false;
    }
    for (int i = from; i < to; i = brackets.behindWhatBeginsAt(i)) {
      if (file.get(i).is(",") && !file.get(i - 1).is("this")) {
        return false;
      }
    }
    return true;
  }

  private int behindMethod(int name) {
    int i = name;
    while (i < end && !file.get(i).is("{")) {
      i = brackets.behindWhatBeginsAt(i);
    }
    return i < end ? brackets.behind(i) : end;
  }
}
