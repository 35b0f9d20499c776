package dev.kysera.migrations.internal.risk;

import dev.kysera.migrations.internal.sql.SqlStatement;
import dev.kysera.migrations.internal.sql.SqlStatements;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import dev.kysera.migrations.internal.sql.SqlToken;
import dev.kysera.migrations.internal.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a statement executes: itself, or, if it is a block of code, the statements in that. */
final class Executed {

  /** Words of PL/pgSQL behind which a statement begins. */
  private static final Set<String> OPENERS = Set.of("BEGIN", "THEN", "ELSE", "LOOP");

  private Executed() {}

  /** The words of each, as they are written. */
  static List<List<String>> by(SqlStatement statement, SqlSyntax syntax) {
    if (syntax != SqlSyntax.POSTGRESQL || !statement.words().get(0).equals("DO")) {
      return List.of(statement.texts());
    }
    List<List<String>> executed = new ArrayList<>();
    statement.tokens().stream()
        .filter(token -> token.kind() == Kind.STRING)
        .forEach(body -> addBlock(text(body), syntax, executed));
    return executed;
  }

  private static void addBlock(String body, SqlSyntax syntax, List<List<String>> executed) {
    for (SqlStatement piece : SqlStatements.split(body, syntax)) {
      List<String> words = piece.words();
      int start = 0;
      int depth = 0;
      for (int i = 0; i < words.size(); i++) {
        depth += Words.depth(words.get(i));
        start = depth == 0 && OPENERS.contains(words.get(i)) ? i + 1 : start;
      }
      List<String> statement = piece.texts().subList(start, words.size());
      if (statement.size() > 1 && words.get(start).equals("EXECUTE")) {
        piece.tokens().stream()
            .filter(token -> token.kind() == Kind.STRING)
            .findFirst()
            .ifPresent(
                text ->
                    SqlStatements.split(text(text), syntax)
                        .forEach(inner -> executed.add(inner.texts())));
      } else if (!statement.isEmpty()) {
        executed.add(statement);
      }
    }
  }

  /** What is between the quotes. */
  private static String text(SqlToken literal) {
    String text = literal.text();
    if (text.startsWith("$")) {
      int tag = text.indexOf('$', 1) + 1;
      return text.length() < 2 * tag ? "" : text.substring(tag, text.length() - tag);
    }
    int quote = text.indexOf('\'');
    return text.length() < quote + 2
        ? ""
        : text.substring(quote + 1, text.length() - 1).replace("''", "'");
  }
}
