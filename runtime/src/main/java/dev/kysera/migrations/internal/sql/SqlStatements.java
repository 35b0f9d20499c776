package dev.kysera.migrations.internal.sql;

import dev.kysera.migrations.internal.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Divides a text into statements, as a client of the database would. */
public final class SqlStatements {

  /** Blocks within a body, whose end names them. */
  private static final Set<String> BLOCKS = Set.of("IF", "LOOP", "WHILE", "REPEAT", "FOR");

  private SqlStatements() {}

  /** The tokens of a text, comments included. */
  public static List<SqlToken> tokens(String sql, SqlSyntax syntax) {
    return SqlLexer.tokens(sql, syntax);
  }

  /**
   * The statements of a text: divided at semicolons, but for those in parentheses and in bodies of
   * functions and triggers. What holds only comments is none.
   */
  public static List<SqlStatement> split(String sql, SqlSyntax syntax) {
    List<SqlStatement> statements = new ArrayList<>();
    List<SqlToken> current = new ArrayList<>();
    int parentheses = 0;
    int body = 0;
    List<SqlToken> tokens = SqlLexer.tokens(sql, syntax);
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.text().equals(";") && parentheses <= 0 && body == 0) {
        add(statements, current, sql);
        current = new ArrayList<>();
        parentheses = 0;
        continue;
      }
      parentheses += token.text().equals("(") ? 1 : token.text().equals(")") ? -1 : 0;
      body += bodyDepth(current, token, i + 1 < tokens.size() ? word(tokens.get(i + 1)) : "", body);
      current.add(token);
    }
    add(statements, current, sql);
    return statements;
  }

  /**
   * A body is in {@code BEGIN ... END}, in which {@code CASE ... END} may be, and {@code END IF}.
   */
  private static int bodyDepth(List<SqlToken> before, SqlToken token, String next, int depth) {
    if (token.kind() != Kind.WORD || !isCreate(before)) {
      return 0;
    }
    return switch (word(token)) {
      case "BEGIN" -> 1;
      case "CASE" -> depth > 0 && !word(before.get(before.size() - 1)).equals("END") ? 1 : 0;
      case "END" -> depth > 0 && !BLOCKS.contains(next) ? -1 : 0;
      default -> 0;
    };
  }

  private static String word(SqlToken token) {
    return token.text().toUpperCase(Locale.ROOT);
  }

  private static boolean isCreate(List<SqlToken> tokens) {
    boolean create = false;
    for (SqlToken token : tokens) {
      if (token.kind() == Kind.COMMENT) {
        continue;
      }
      String word = word(token);
      if (!create && !word.equals("CREATE")) {
        return false;
      }
      create = true;
      if (word.equals("FUNCTION") || word.equals("PROCEDURE") || word.equals("TRIGGER")) {
        return true;
      }
    }
    return false;
  }

  private static void add(List<SqlStatement> statements, List<SqlToken> tokens, String sql) {
    if (tokens.stream().anyMatch(token -> token.kind() != Kind.COMMENT)) {
      String text = sql.substring(tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
      statements.add(new SqlStatement(text, tokens));
    }
  }
}
