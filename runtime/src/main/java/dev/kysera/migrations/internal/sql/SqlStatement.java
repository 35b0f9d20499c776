package dev.kysera.migrations.internal.sql;

import dev.kysera.migrations.internal.sql.SqlToken.Kind;
import java.util.List;
import java.util.Locale;

/**
 * One statement.
 *
 * @param text its text, without the semicolon that ends it
 * @param tokens its tokens, whose places are those in the text that it was divided from
 */
public record SqlStatement(String text, List<SqlToken> tokens) {

  /** Creates a statement from both its parts. */
  public SqlStatement {
    tokens = List.copyOf(tokens);
  }

  /** Its tokens without comments, as they are written. */
  public List<String> texts() {
    return tokens.stream()
        .filter(token -> token.kind() != Kind.COMMENT)
        .map(SqlToken::text)
        .toList();
  }

  /** The same with keywords, and names without quotes, in upper case. */
  public List<String> words() {
    return tokens.stream()
        .filter(token -> token.kind() != Kind.COMMENT)
        .map(
            token ->
                token.kind() == Kind.WORD ? token.text().toUpperCase(Locale.ROOT) : token.text())
        .toList();
  }

  /** Whether something written behind it in the same line would be a comment. */
  public boolean endsInLineComment() {
    SqlToken last = tokens.get(tokens.size() - 1);
    return last.kind() == Kind.COMMENT && !last.text().startsWith("/*");
  }
}
