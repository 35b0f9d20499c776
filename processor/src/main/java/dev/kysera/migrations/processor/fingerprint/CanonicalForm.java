package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Tokens in the one form that stands for all that a formatter may make of them. These rules are
 * part of algorithm 1:
 *
 * <ol>
 *   <li>Modifiers that stand together are sorted, behind the annotations among them.
 *   <li>Texts with a plus between them are one, as a long one is divided to fit its line.
 *   <li>Separators with nothing to separate are left out: a comma or a semicolon before a closing
 *       brace, a comma before a semicolon, a semicolon behind another one or behind a brace.
 * </ol>
 *
 * <p>No two programs that do different things have the same form.
 */
final class CanonicalForm {

  private static final Set<String> MODIFIERS =
      Set.of(
          "abstract",
          "default",
          "final",
          "native",
          "non-sealed",
          "private",
          "protected",
          "public",
          "sealed",
          "static",
          "strictfp",
          "synchronized",
          "transient",
          "volatile");

  private CanonicalForm() {}

  static List<Token> of(List<Token> tokens) {
    return separatorsReduced(textsJoined(modifiersOrdered(tokens)));
  }

  private static List<Token> modifiersOrdered(List<Token> tokens) {
    List<Token> ordered = new ArrayList<>(tokens.size());
    List<Token> modifiers = new ArrayList<>();
    int i = 0;
    while (i < tokens.size()) {
      Token token = tokens.get(i);
      if (isNonSealed(tokens, i)) {
        modifiers.add(new Token(Token.Kind.IDENTIFIER, "non-sealed"));
        i += 3;
      } else if (token.isIdentifier() && MODIFIERS.contains(token.text())) {
        modifiers.add(token);
        i++;
      } else if (token.is("@") && !modifiers.isEmpty() && !Annotations.isDeclared(tokens, i)) {
        int end = Annotations.behind(tokens, i);
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

  /** A difference of two variables with these names is taken for it too, which does no harm. */
  private static boolean isNonSealed(List<Token> tokens, int at) {
    return at + 2 < tokens.size()
        && tokens.get(at).is("non")
        && tokens.get(at + 1).is("-")
        && tokens.get(at + 2).is("sealed");
  }

  private static void addSorted(List<Token> modifiers, List<Token> ordered) {
    if (modifiers.size() > 1) {
      modifiers.sort(Comparator.comparing(Token::text));
    }
    ordered.addAll(modifiers);
    modifiers.clear();
  }

  /** What follows the second text must not bind it closer than the plus. */
  private static List<Token> textsJoined(List<Token> tokens) {
    List<Token> joined = new ArrayList<>(tokens.size());
    int i = 0;
    while (i < tokens.size()) {
      Token token = tokens.get(i);
      i++;
      if (token.isString() && isPlusText(tokens, i)) {
        StringBuilder text = new StringBuilder(token.text());
        while (isPlusText(tokens, i)) {
          text.append(tokens.get(i + 1).text());
          i += 2;
        }
        joined.add(new Token(Token.Kind.STRING, text.toString()));
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

  private static List<Token> separatorsReduced(List<Token> tokens) {
    List<Token> reduced = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      boolean closes = token.is("}");
      boolean ends = token.is(";");
      if (closes || ends) {
        while (endsWith(reduced, ",") || (closes && endsWith(reduced, ";"))) {
          reduced.remove(reduced.size() - 1);
        }
      }
      if (!ends || !(endsWith(reduced, ";") || endsWith(reduced, "{") || endsWith(reduced, "}"))) {
        reduced.add(token);
      }
    }
    return reduced;
  }

  private static boolean endsWith(List<Token> tokens, String symbol) {
    return !tokens.isEmpty() && tokens.get(tokens.size() - 1).is(symbol);
  }
}
