package dev.kysera.migrations.internal.sql;

/**
 * A piece of SQL that cannot be divided further.
 *
 * @param kind what it is
 * @param text as it is written, quotes included
 * @param start where it begins
 * @param end where it ends, exclusive
 */
public record SqlToken(Kind kind, String text, int start, int end) {

  /** What a token can be. */
  public enum Kind {
    /** A keyword, or a name without quotes. */
    WORD,
    /** A name in quotes of whatever kind. */
    QUOTED,
    /** A text, with what stands before its quote. */
    STRING,
    NUMBER,
    /** The question mark of JDBC. */
    PARAMETER,
    /** Anything else; {@code ::} and PostgreSQL's escaped {@code ??} are one. */
    SYMBOL,
    COMMENT
  }
}
