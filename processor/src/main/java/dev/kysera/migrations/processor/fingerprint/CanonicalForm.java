package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Tokens in the one form that stands for all that a formatter may make of them: it orders
 * modifiers, and divides a long text into several with a plus between.
 */
final class CanonicalForm {

  private static final Set<String> MODIFIERS =
      Set.of(
          "abstract",
          "default",
          "final",
          "native",
          "private",
          "protected",
          "public",
          "static",
          "strictfp",
          "synchronized",
          "transient",
          "volatile");

  private CanonicalForm() {}

  static List<Token> of(List<Token> tokens) {
    return textsJoined(modifiersOrdered(tokens));
  }

  /** Puts the annotations of a declaration, in their order, before its modifiers, sorted. */
  private static List<Token> modifiersOrdered(List<Token> tokens) {
    List<Token> ordered = new ArrayList<>(tokens.size());
    List<Token> modifiers = new ArrayList<>();
    int i = 0;
    while (i < tokens.size()) {
      Token token = tokens.get(i);
      if (token.isIdentifier() && MODIFIERS.contains(token.text())) {
        modifiers.add(token);
        i++;
      } else if (token.is("@") && !modifiers.isEmpty() && !isAnnotationType(tokens, i)) {
        int end = endOfAnnotation(tokens, i);
        ordered.addAll(tokens.subList(i, end));
        i = end;
      } else {
        addSorted(modifiers, ordered);
        ordered.add(token);
        i++;
      }
    }
    addSorted(modifiers, ordered);
    return ordered;
  }

  private static void addSorted(List<Token> modifiers, List<Token> ordered) {
    if (modifiers.size() > 1) {
      modifiers.sort(Comparator.comparing(Token::text));
    }
    ordered.addAll(modifiers);
    modifiers.clear();
  }

  private static boolean isAnnotationType(List<Token> tokens, int at) {
    return at + 1 < tokens.size() && tokens.get(at + 1).is("interface");
  }

  private static int endOfAnnotation(List<Token> tokens, int at) {
    int i = Math.min(at + 2, tokens.size());
    while (i + 1 < tokens.size() && tokens.get(i).is(".")) {
      i += 2;
    }
    return i < tokens.size() && tokens.get(i).is("(") ? ClassSource.behindClosing(tokens, i) : i;
  }

  /** What follows the second text must not bind it closer than the plus. */
  private static List<Token> textsJoined(List<Token> tokens) {
    List<Token> joined = new ArrayList<>(tokens.size());
    int i = 0;
    while (i < tokens.size()) {
      Token token = tokens.get(i);
      i++;
      if (token.isString()) {
        StringBuilder text = new StringBuilder(token.text());
        int parts = 1;
        while (isPlusText(tokens, i)) {
          text.append(tokens.get(i + 1).text());
          parts++;
          i += 2;
        }
        joined.add(parts == 1 ? token : new Token(Token.Kind.STRING, text.toString()));
      } else {
        joined.add(token);
      }
    }
    return joined;
  }

  private static boolean isPlusText(List<Token> tokens, int plus) {
    return plus + 1 < tokens.size()
        && tokens.get(plus).is("+")
        && tokens.get(plus + 1).isString()
        && (plus + 2 == tokens.size()
            || !(tokens.get(plus + 2).is(".") || tokens.get(plus + 2).is("::")));
  }
}
