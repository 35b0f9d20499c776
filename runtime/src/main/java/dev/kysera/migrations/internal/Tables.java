package dev.kysera.migrations.internal;

import dev.kysera.migrations.annotation.internal.Printable;

/**
 * The history and its journal, as SQL names them: quoted where they must be, and with their schema
 * once it is known.
 *
 * @param history the history, ready for use in a statement
 * @param journal the journal, ready for use in a statement
 */
record Tables(String history, String journal) {

  private static final String DEFAULT_NAME = "migrations";
  private static final String JOURNAL_SUFFIX = "_journal";

  /**
   * Names the tables.
   *
   * @param dialect how the database quotes, and how long a name may be
   * @param schema the schema, exactly as the database has it; empty to leave the tables unqualified
   * @param tableName the history's name: the default one is left to the database to fold, any other
   *     is quoted whole
   */
  static Tables named(Dialect dialect, String schema, String tableName) {
    String prefix = schema.isEmpty() ? "" : quoted(dialect, schema) + ".";
    if (tableName.equals(DEFAULT_NAME)) {
      return new Tables(prefix + DEFAULT_NAME, prefix + DEFAULT_NAME + JOURNAL_SUFFIX);
    }
    return new Tables(
        prefix + quoted(dialect, tableName), prefix + quoted(dialect, tableName + JOURNAL_SUFFIX));
  }

  private static String quoted(Dialect dialect, String identifier) {
    if (identifier.length() > dialect.maxIdentifierLength()) {
      throw new IllegalArgumentException(
          ("The name %s is too long: %s allows %d characters, and the journal's name adds \"%s\" to"
                  + " the history's. Choose a shorter tableName or schema.")
              .formatted(
                  Printable.quoted(identifier),
                  dialect.product(),
                  dialect.maxIdentifierLength(),
                  JOURNAL_SUFFIX));
    }
    return dialect.quote(identifier);
  }
}
