package dev.kysera.migrations.internal.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a statement, read from left to right. They are compared in upper case; names are
 * given back as they are written.
 */
final class Words {

  private final List<String> written;
  private final List<String> words;
  private int position;

  Words(List<String> written) {
    this.written = List.copyOf(written);
    this.words = written.stream().map(Words::comparable).toList();
  }

  /** What is in quotes is not a keyword. */
  static String comparable(String text) {
    return Character.isLetter(text.charAt(0)) && text.indexOf('\'') < 0
        ? text.toUpperCase(Locale.ROOT)
        : text;
  }

  /** The word that comes next, empty at the end. */
  String peek() {
    return peek(0);
  }

  private String peek(int ahead) {
    return position + ahead < words.size() ? words.get(position + ahead) : "";
  }

  boolean atEnd() {
    return position >= words.size();
  }

  String take() {
    String word = peek();
    position++;
    return word;
  }

  /** Passes over words if they come next. Returns whether they did. */
  boolean skip(String... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (!peek(i).equals(expected[i])) {
        return false;
      }
    }
    position += expected.length;
    return true;
  }

  /** Passes over one of these words, if one comes next. */
  boolean skipAny(String... alternatives) {
    for (String word : alternatives) {
      if (skip(word)) {
        return true;
      }
    }
    return false;
  }

  /** Reads a name with what stands before its dots. */
  String name() {
    StringBuilder name = new StringBuilder(takeWritten());
    while (skip(".")) {
      name.append('.').append(takeWritten());
    }
    return name.toString();
  }

  private String takeWritten() {
    return position < written.size() ? written.get(position++) : "";
  }

  /** What is left. */
  List<String> rest() {
    return position >= words.size() ? List.of() : words.subList(position, words.size());
  }

  /** What is left, divided at the commas that are in no parentheses. */
  List<Words> items() {
    List<Words> items = new ArrayList<>();
    List<String> item = new ArrayList<>();
    int depth = 0;
    for (String word : written.subList(Math.min(position, written.size()), written.size())) {
      depth += depth(word);
      if (word.equals(",") && depth == 0) {
        items.add(new Words(item));
        item = new ArrayList<>();
      } else {
        item.add(word);
      }
    }
    items.add(new Words(item));
    return items;
  }

  /** What is left outside of parentheses. */
  List<String> outside() {
    List<String> outside = new ArrayList<>();
    int depth = 0;
    for (String word : rest()) {
      depth += depth(word);
      if (depth == 0 && !word.equals(")")) {
        outside.add(word);
      }
    }
    return outside;
  }

  static int depth(String word) {
    return word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
  }

  /** Whether words come one behind the other somewhere. */
  static boolean contains(List<String> words, String... sequence) {
    for (int i = 0; i + sequence.length <= words.size(); i++) {
      if (words.subList(i, i + sequence.length).equals(List.of(sequence))) {
        return true;
      }
    }
    return false;
  }
}
