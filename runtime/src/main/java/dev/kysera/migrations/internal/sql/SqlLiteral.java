package dev.kysera.migrations.internal.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value that was bound to a statement, written into it. It has the type that the driver would
 * have given it: a function may be chosen by that, or a column made from it.
 */
public final class SqlLiteral {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter();

  private static final DateTimeFormatter ZONED =
      new DateTimeFormatterBuilder()
          .append(DATE_TIME)
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter();

  private final SqlSyntax syntax;
  private final boolean typed;

  private SqlLiteral(SqlSyntax syntax, boolean typed) {
    this.syntax = syntax;
    this.typed = typed;
  }

  /**
   * Writes a value.
   *
   * @param value one that {@link #isKnown}; of any other, the text that it says of itself
   * @param syntax the database's
   * @param typed whether its type matters; it does not where a column of a table decides
   */
  public static String of(@Nullable Object value, SqlSyntax syntax, boolean typed) {
    return new SqlLiteral(syntax, typed).text(value);
  }

  /** Says whether the value alone tells how it is written. */
  public static boolean isKnown(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Double
        || value instanceof Float
        || value instanceof BigDecimal
        || value instanceof BigInteger
        || value instanceof byte[]
        || value instanceof UUID
        || value instanceof Date
        || value instanceof Time
        || value instanceof Timestamp
        || value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof LocalDateTime
        || value instanceof OffsetDateTime;
  }

  private String text(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Boolean truth) {
      return syntax == SqlSyntax.SQLITE ? (truth ? "1" : "0") : (truth ? "TRUE" : "FALSE");
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof byte[] bytes) {
      String hex = HexFormat.of().formatHex(bytes);
      return syntax == SqlSyntax.POSTGRESQL ? cast("'\\x" + hex + "'", "bytea") : "X'" + hex + "'";
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp(timestamp);
    }
    if (value instanceof Date date) {
      return syntax == SqlSyntax.SQLITE
          ? millis(date.getTime())
          : standard("DATE", date.toString());
    }
    if (value instanceof Time time) {
      return syntax == SqlSyntax.SQLITE
          ? millis(time.getTime())
          : standard("TIME", time.toString());
    }
    if (value instanceof TemporalAccessor time) {
      return time(time);
    }
    if (value instanceof UUID uuid) {
      return cast(quoted(uuid.toString()), "uuid");
    }
    return cast(quoted(value.toString()), "varchar");
  }

  /** Only PostgreSQL chooses by the types of constants, and has a short way to say them. */
  private String cast(String literal, String type) {
    return typed && syntax == SqlSyntax.POSTGRESQL ? literal + "::" + type : literal;
  }

  private String quoted(String text) {
    String escaped = text.replace("'", "''");
    return "'" + (syntax == SqlSyntax.MYSQL ? escaped.replace("\\", "\\\\") : escaped) + "'";
  }

  private String number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      return syntax == SqlSyntax.POSTGRESQL
          ? cast("'" + number + "'", number instanceof Double ? "float8" : "float4")
          : number.toString();
    }
    String digits =
        number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    String safe =
        typed && digits.startsWith("-") ? "(" + digits + ")" : digits; // 1--1 is a comment
    if (number instanceof Long) {
      return cast(safe, "bigint");
    }
    return number instanceof BigDecimal || number instanceof BigInteger
        ? cast(safe, "numeric")
        : safe;
  }

  /**
   * JDBC's own classes mean a moment of the clock on the wall. PostgreSQL's driver leaves it to the
   * statement which type that is; SQLite's stores milliseconds.
   */
  private String timestamp(Timestamp timestamp) {
    return switch (syntax) {
      case SQLITE -> millis(timestamp.getTime());
      case POSTGRESQL -> quoted(ZONED.format(timestamp.toInstant().atZone(ZoneId.systemDefault())));
      case MYSQL, STANDARD -> standard("TIMESTAMP", DATE_TIME.format(timestamp.toLocalDateTime()));
    };
  }

  private static String millis(long millis) {
    return Long.toString(millis);
  }

  private String time(TemporalAccessor time) {
    if (time instanceof LocalDate) {
      return cast(standard("DATE", time.toString()), "date");
    }
    if (time instanceof LocalTime) {
      return cast(standard("TIME", TIME.format(time)), "time");
    }
    if (time instanceof LocalDateTime) {
      return cast(standard("TIMESTAMP", DATE_TIME.format(time)), "timestamp");
    }
    return cast(standard("TIMESTAMP WITH TIME ZONE", ZONED.format(time)), "timestamptz");
  }

  private String standard(String type, String text) {
    return syntax == SqlSyntax.STANDARD ? type + " '" + text + "'" : "'" + text + "'";
  }
}
