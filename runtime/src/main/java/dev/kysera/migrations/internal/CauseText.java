package dev.kysera.migrations.internal;

import dev.kysera.migrations.annotation.internal.Printable;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/**
 * What a throwable says, on one line, without what belongs into no log, no exception and no
 * journal: passwords, and the data of rows that drivers quote.
 */
final class CauseText {

  /** Incorrect value, for a column, truncated, for a function or a type; value of no partition. */
  private static final Set<Integer> MYSQL_CONVERSION = Set.of(1366, 1292, 1411, 1525, 1526);

  private static final Pattern POSTGRESQL_MORE = Pattern.compile(" (?:Detail|Hint|Where): ");

  private static final Pattern DUCKDB_DATA =
      Pattern.compile("^(?:Constraint|Conversion) Error: |UNIQUE constraint violation: ");

  private CauseText() {}

  /**
   * Returns what a throwable says, on one line. An exception of the driver speaks for itself:
   * JDBI's own text around it holds the values that were bound.
   */
  static String of(Throwable thrown) {
    Optional<SQLException> driver = sqlException(thrown);
    if (driver.isEmpty()) {
      return hide(oneLine(thrown), "", 0);
    }
    SQLException sql = driver.get();
    String state = sql.getSQLState();
    String text = hide(oneLine(sql), state == null ? "" : state, sql.getErrorCode());
    return state == null ? text : text + " (SQLState " + Printable.of(state) + ")";
  }

  /** Finds the exception of the driver in or behind another one. */
  static Optional<SQLException> sqlException(@Nullable Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  private static String oneLine(Throwable thrown) {
    String message =
        thrown instanceof StatementException statement
            ? statement.getShortMessage()
            : thrown.getMessage();
    return message == null || message.isBlank()
        ? thrown.getClass().getName()
        : Printable.of(message.strip().replaceAll("\\s+", " "));
  }

  /**
   * Hides secrets.
   *
   * @param text a message on one line
   * @param sqlState the SQLState of the driver's exception, empty if there is none
   * @param code the error code of the driver's exception, 0 if there is none
   */
  private static String hide(String text, String sqlState, int code) {
    return passwords(data(bindings(statement(text)), sqlState, code));
  }

  /**
   * H2 repeats the whole statement, with every literal, behind its message; PostgreSQL's driver
   * does before it, for a batch, and MariaDB's does behind it, with what was bound.
   */
  private static String statement(String text) {
    return text.replaceFirst("; SQL statement: .* (\\[[0-9]+-[0-9]+])$", " $1")
        .replaceFirst("^Batch entry ([0-9]+) .* was aborted: ", "Batch entry $1 was aborted: ")
        .replaceFirst(" Call getNextException to see other errors in the batch\\.", "")
        .replaceFirst(" LINE [0-9]+: .*$", "") // DuckDB
        .replaceFirst(" ?(?:Query is|java thread): .*$", "")
        .replaceFirst("^\\(conn[=:][0-9]+\\) ", "");
  }

  /** JDBI lists what was bound. */
  private static String bindings(String text) {
    return text.replaceFirst("binding: ?\\{.*", "binding").replaceFirst(" ?\\[statement:\".*", "");
  }

  /**
   * Hides what drivers quote from rows when data breaks a constraint (class 23, and 44 for a
   * view's) or does not convert (class 22, 90014 of H2, codes of MySQL without a state of their
   * own). Other messages quote the names of tables and columns, which help.
   */
  private static String data(String text, String sqlState, int code) {
    if (DUCKDB_DATA.matcher(text).find()) { // it has no SQLStates, and its quotes are not escaped
      return text.replaceFirst("[\"'].*[\"']", "'?'");
    }
    boolean constraint = sqlState.startsWith("23") || sqlState.startsWith("44");
    boolean conversion =
        sqlState.startsWith("22") || sqlState.equals("90014") || MYSQL_CONVERSION.contains(code);
    if (!constraint && !conversion) {
      return text;
    }
    String mysql =
        text.replaceFirst("^(Duplicate entry) '.*' (for key '[^']*')$", "$1 '?' $2")
            .replaceFirst("( value:) '.*'( for (?:column|function) .*)?$", "$1 '?'$2")
            .replaceFirst("( for value) .*$", "$1 ?");
    if (!mysql.equals(text)) {
      return mysql; // its quotes are not escaped, so that nothing tells where a value ends
    }
    String hidden =
        message(text)
            .replaceAll("\"'[^\"]*\\.\\.\\. \\([0-9]+\\)\"", "'?'") // H2 cuts long ones
            .replaceAll("'(?:[^']|'')*'", "'?'")
            .replaceAll("VALUES \\(.*?\\)", "VALUES (?)");
    // 22001 names the column in double quotes, and the value in single ones within.
    return conversion && !sqlState.equals("22001")
        ? hidden.replaceAll("\".*\"", "\"?\"") // a quote within the value is not escaped
        : hidden;
  }

  /** PostgreSQL repeats the data, without quotes, in what it tells behind its message. */
  private static String message(String text) {
    Matcher more = POSTGRESQL_MORE.matcher(text);
    while (more.find()) {
      if (text.substring(0, more.start()).chars().filter(c -> c == '"').count() % 2 == 0) {
        return text.substring(0, more.start());
      }
    }
    return text;
  }

  private static String passwords(String text) {
    return text.replaceAll(
            "(?i)\\b(password|passwd|pwd|secret|token|identified by)(\\W{0,3})'[^']*'", "$1$2'?'")
        .replaceAll("(?i)\\b(password|passwd|pwd|secret|token)=[^\\s;&,)]+", "$1=?")
        .replaceAll("://[^/@\\s:]+:[^@\\s]+@", "://?@");
  }
}
