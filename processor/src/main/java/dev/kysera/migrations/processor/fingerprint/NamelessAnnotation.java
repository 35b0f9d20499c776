package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The annotation {@code @Migration} without the names in it: another name is another key, not
 * another migration.
 */
final class NamelessAnnotation {

  private static final String SIMPLE_NAME = "Migration";
  private static final Set<String> NAMES = Set.of("value", "formerly");

  private NamelessAnnotation() {}

  /** Returns the modifiers and annotations of a class without the names of the migration. */
  static List<Token> in(List<Token> modifiers) {
    List<Token> nameless = new ArrayList<>();
    int i = 0;
    while (i < modifiers.size()) {
      if (modifiers.get(i).is("@")) {
        int name = Annotations.simpleName(modifiers, i);
        int end = Annotations.behind(modifiers, i);
        if (name < modifiers.size() && modifiers.get(name).is(SIMPLE_NAME)) {
          nameless.add(modifiers.get(i));
          nameless.add(modifiers.get(name));
          addElements(
              modifiers.subList(Math.min(name + 2, end), Math.max(name + 2, end) - 1), nameless);
        } else {
          nameless.addAll(modifiers.subList(i, end));
        }
        i = end;
      } else {
        nameless.add(modifiers.get(i));
        i++;
      }
    }
    return nameless;
  }

  private static void addElements(List<Token> elements, List<Token> nameless) {
    int from = 0;
    int i = 0;
    while (i <= elements.size()) {
      if (i == elements.size() || elements.get(i).is(",")) {
        List<Token> element = elements.subList(from, i);
        if (!holdsName(element)) {
          nameless.addAll(element);
          nameless.add(new Token(Token.Kind.SYMBOL, ","));
        }
        from = i + 1;
        i++;
      } else {
        Token token = elements.get(i);
        i = token.is("(") || token.is("{") ? Annotations.behindClosing(elements, i) : i + 1;
      }
    }
  }

  private static boolean holdsName(List<Token> element) {
    return element.size() < 2 || !element.get(1).is("=") || NAMES.contains(element.get(0).text());
  }
}
