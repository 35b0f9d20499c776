package dev.kysera.migrations.internal.sql;

import dev.kysera.migrations.internal.sql.SqlToken.Kind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A statement with parameters, and with the values that were bound to them. */
public final class BoundSql {

  private BoundSql() {}

  /**
   * Writes the values in the places of the parameters.
   *
   * @param sql a statement as it was prepared
   * @param values the value of each parameter; a parameter without one stays
   * @param syntax the database's
   */
  public static String inline(
      String sql, List<? extends @Nullable Object> values, SqlSyntax syntax) {
    List<SqlToken> tokens = SqlStatements.tokens(sql, syntax);
    StringBuilder inlined = new StringBuilder();
    Rows rows = new Rows();
    int from = 0;
    int next = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      rows.read(token);
      if (token.kind() == Kind.PARAMETER && next < values.size()) {
        inlined.append(sql, from, token.start());
        boolean typed = !(rows.inOne() && standsAlone(tokens, i));
        inlined.append(SqlLiteral.of(values.get(next++), syntax, typed));
        from = token.end();
      } else if (token.text().equals("??")) { // how the driver of PostgreSQL writes an operator
        inlined.append(sql, from, token.start()).append('?');
        from = token.end();
      }
    }
    return inlined.append(sql, from, sql.length()).toString();
  }

  /** Where a statement is: in the rows of an INSERT, the columns decide what a value is. */
  private static final class Rows {
    private int depth;
    private boolean insert;
    private boolean values;

    void read(SqlToken token) {
      String text =
          token.kind() == Kind.WORD ? token.text().toUpperCase(Locale.ROOT) : token.text();
      switch (text) {
        case "(" -> depth++;
        case ")" -> depth--;
        case "INSERT" -> insert |= depth == 0;
        case "SELECT", "ON", "RETURNING" -> insert &= depth > 0;
        case "VALUES" -> values |= insert && depth == 0;
        default -> {}
      }
    }

    boolean inOne() {
      return insert && values && depth == 1;
    }
  }

  /** A whole item of a list: then the column decides what it is. */
  private static boolean standsAlone(List<SqlToken> tokens, int position) {
    String before = position == 0 ? "" : tokens.get(position - 1).text();
    String behind = position + 1 == tokens.size() ? "" : tokens.get(position + 1).text();
    return (before.equals("(") || before.equals(",")) && (behind.equals(")") || behind.equals(","));
  }
}
