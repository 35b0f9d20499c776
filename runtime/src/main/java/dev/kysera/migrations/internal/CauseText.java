package dev.kysera.migrations.internal;

import dev.kysera.migrations.annotation.internal.Printable;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementException;

/**
 * What a throwable says, on one line, without what belongs into no log, no exception and no
 * journal: passwords, and the data of rows that drivers quote.
 */
final class CauseText {

  private CauseText() {}

  /**
   * Returns what a throwable says, on one line. An exception of the driver speaks for itself:
   * JDBI's own text around it holds the values that were bound.
   */
  static String of(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof SQLException sql) {
        String state = sql.getSQLState();
        String text = hide(oneLine(sql), state == null ? "" : state);
        return state == null ? text : text + " (SQLState " + Printable.of(state) + ")";
      }
    }
    return hide(oneLine(thrown), "");
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
   */
  private static String hide(String text, String sqlState) {
    return passwords(data(bindings(h2Statement(text)), sqlState));
  }

  /** H2 repeats the whole statement, with every literal, behind its message. */
  private static String h2Statement(String text) {
    return text.replaceFirst("; SQL statement: .* (\\[[0-9]+-[0-9]+])$", " $1");
  }

  /** JDBI lists what was bound. */
  private static String bindings(String text) {
    return text.replaceFirst("binding: ?\\{.*", "binding").replaceFirst(" ?\\[statement:\".*", "");
  }

  /**
   * Hides what drivers quote from rows when data breaks a constraint (class 23) or does not convert
   * (class 22, and 90014 of H2). Other messages quote the names of tables and columns, which help.
   */
  private static String data(String text, String sqlState) {
    boolean constraint = sqlState.startsWith("23");
    boolean conversion = sqlState.startsWith("22") || sqlState.equals("90014");
    if (!constraint && !conversion) {
      return text;
    }
    String hidden =
        text.replaceAll("'(?:[^']|'')*'", "'?'").replaceAll("VALUES \\(.*?\\)", "VALUES (?)");
    // 22001 names the column in double quotes, and the value in single ones within.
    return conversion && !sqlState.equals("22001")
        ? hidden.replaceAll("\"[^\"]*\"", "\"?\"")
        : hidden;
  }

  private static String passwords(String text) {
    return text.replaceAll(
            "(?i)\\b(password|passwd|pwd|secret|token|identified by)(\\W{0,3})'[^']*'", "$1$2'?'")
        .replaceAll("(?i)\\b(password|passwd|pwd|secret|token)=[^\\s;&,)]+", "$1=?")
        .replaceAll("://[^/@\\s:]+:[^@\\s]+@", "://?@");
  }
}
