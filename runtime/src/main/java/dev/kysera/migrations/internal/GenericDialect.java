package dev.kysera.migrations.internal;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/**
 * Any JDBC database without a dialect of its own. The claim row is the lock, nobody can be proved
 * dead, and the driver says whether DDL commits.
 */
record GenericDialect(String product, boolean commitsOnDdl) implements Dialect {

  private static final String INTEGRITY_VIOLATION = "23";
  private static final Set<String> BUSY = Set.of("40001", "40P01", "40XL1", "55P03");
  private static final String READ_ONLY = "25006";
  private static final String TABLE = "TABLE";
  private static final int MAX_IDENTIFIER_LENGTH = 63;

  @Override
  public String schemaOf(Statements statements, String history, boolean exists) {
    return statements.catalog().currentSchema();
  }

  @Override
  public int maxIdentifierLength() {
    return MAX_IDENTIFIER_LENGTH;
  }

  @Override
  public Presence presence(Statements statements, Tables tables) {
    return new Presence(
        statements.catalog().exists(tables.history()),
        statements.catalog().exists(tables.journal()));
  }

  /** Some databases pass on what is written to a view. */
  @Override
  public String objection(Statements statements, Tables tables) {
    String type = statements.catalog().typeOf(tables.history()).orElse(TABLE);
    return type.contains(TABLE) ? "" : "a " + type.toLowerCase(Locale.ROOT) + ", not a table";
  }

  @Override
  public Refusal refusal(SQLException exception) {
    String state = exception.getSQLState();
    if (state == null) {
      return Refusal.OTHER;
    }
    if (state.startsWith(INTEGRITY_VIOLATION)) {
      return Refusal.DUPLICATE;
    }
    if (state.equals(READ_ONLY)) {
      return Refusal.READ_ONLY;
    }
    return BUSY.contains(state) ? Refusal.BUSY : Refusal.OTHER;
  }
}
