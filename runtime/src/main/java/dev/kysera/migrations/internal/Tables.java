package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.annotation.internal.Printable;

/**
 * The history and its journal, as SQL names them: quoted where they must be, and with their schema
 * once it is known.
 *
 * @param schema the schema exactly as the database has it, empty if it is not known
 * @param name the history's name as it was asked for
 * @param history the history, ready for use in a statement
 * @param journal the journal, ready for use in a statement
 */
record Tables(String schema, String name, String history, String journal) {

  private static final String DEFAULT_NAME = "migrations";
  private static final String JOURNAL_SUFFIX = "_journal";

  /** The tables of the default options, wherever their names resolve. */
  static final Tables UNQUALIFIED =
      new Tables("", DEFAULT_NAME, DEFAULT_NAME, DEFAULT_NAME + JOURNAL_SUFFIX);

  /** Names the tables as the options do, before their schema has been asked for. */
  static Tables of(Dialect dialect, MigrationOptions options) {
    return named(dialect, options.schema().orElse(dialect.defaultSchema()), options.tableName());
  }

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
    String journal = tableName + JOURNAL_SUFFIX;
    boolean folds = tableName.equals(DEFAULT_NAME);
    return new Tables(
        schema,
        tableName,
        prefix + (folds ? tableName : quoted(dialect, tableName)),
        prefix + (folds ? journal : quoted(dialect, journal)));
  }

  /** A longer name would be cut silently by some databases, and so be another one. */
  private static String quoted(Dialect dialect, String identifier) {
    if (dialect.lengthOf(identifier) > dialect.maxIdentifierLength()) {
      throw new IllegalArgumentException(
          ("The name %s is too long: %s allows %d %s, and the journal's name adds \"%s\" to"
                  + " the history's. Choose a shorter tableName or schema.")
              .formatted(
                  Printable.quoted(identifier),
                  dialect.product(),
                  dialect.maxIdentifierLength(),
                  dialect.lengthUnit(),
                  JOURNAL_SUFFIX));
    }
    return dialect.quote(identifier);
  }
}
