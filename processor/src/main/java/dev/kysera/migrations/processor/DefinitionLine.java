package dev.kysera.migrations.processor;

/**
 * A definition as a line of a text block: the name, and behind a space the description. It costs
 * the compiler much less than a statement.
 */
final class DefinitionLine {

  /** The bytes that a constant holds. */
  static final int MAX_LENGTH = 65_535;

  private DefinitionLine() {}

  /** The name has passed its rule, so it needs no escapes and holds no space. */
  static String of(MigrationDeclaration declaration) {
    return holdsDescription(declaration)
        ? declaration.name() + " " + declaration.description() + "\n"
        : declaration.name() + "\n";
  }

  /** Returns whether there is a description that is the same inside a text block. */
  static boolean holdsDescription(MigrationDeclaration declaration) {
    String description = declaration.description();
    for (int i = 0; i < description.length(); i++) {
      char c = description.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return !description.isEmpty()
        && !description.endsWith(" ")
        && declaration.name().length() + description.length() + 2 <= MAX_LENGTH;
  }
}
