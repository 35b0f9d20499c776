package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * DuckDB: it rolls DDL back, but compares what transactions have written only when they commit. So
 * a claim keeps nobody away before it is committed, and is committed before the migration begins.
 * Its driver tells no SQLState and no code; the kind of an error is the beginning of its message.
 */
record DuckDbDialect() implements Dialect {

  private static final GenericDialect ANY = new GenericDialect("DuckDB", false);

  @Override
  public String product() {
    return ANY.product();
  }

  @Override
  public boolean commitsOnDdl() {
    return false;
  }

  @Override
  public boolean needsCommittedClaim() {
    return true;
  }

  @Override
  public String schemaOf(Statements statements, String history, boolean exists) {
    return ANY.schemaOf(statements, history, exists);
  }

  @Override
  public int maxIdentifierLength() {
    return ANY.maxIdentifierLength();
  }

  @Override
  public Presence presence(Statements statements, Tables tables) {
    return ANY.presence(statements, tables);
  }

  @Override
  public String objection(Statements statements, Tables tables) {
    return ANY.objection(statements, tables);
  }

  @Override
  public boolean beginsAnew(Statements statements) {
    try {
      statements.update("BEGIN TRANSACTION");
      return true;
    } catch (HistoryException e) {
      return false;
    }
  }

  /**
   * A commit that fails ends the transaction, but the driver takes it for open until the next one
   * ends well: it would begin none, and commit each statement.
   */
  @Override
  public void forgetFailedCommit(Statements statements, Connection connection) throws SQLException {
    if (beginsAnew(statements)) {
      connection.rollback();
    }
  }

  @Override
  public Refusal refusal(SQLException exception) {
    String message = String.valueOf(exception.getMessage());
    if (message.startsWith("Constraint Error: ")
        || message.startsWith("TransactionContext Error: Failed to commit: ")
        || (message.startsWith("Catalog Error: ") && message.contains("already exists"))) {
      return Refusal.DUPLICATE;
    }
    if (message.startsWith("TransactionContext Error: ")) {
      boolean conflict = message.contains("Conflict on ") || message.contains("write conflict");
      return conflict ? Refusal.BUSY : Refusal.ABORTED;
    }
    return message.contains("read-only mode") ? Refusal.READ_ONLY : Refusal.OTHER;
  }

  @Override
  public ScriptFrame scriptFrame(Tables tables, MigrationOptions options) {
    return new ScriptFrame(List.of(".bail on"), List.of("BEGIN TRANSACTION;"), List.of("COMMIT;"));
  }
}
