package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationOptions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The look with which going up begins, and mostly ends: one SELECT that tells whether everything is
 * executed, nothing is open and nothing is unknown. Whatever else there is, the whole road finds
 * out by itself.
 *
 * <p>Every start of an application comes by here, with a cold JVM. So it reads names only, and does
 * without lambdas, streams and formats, each of which costs more than the look. Default names are
 * left to resolve by themselves, as in the first read of the whole road: no dialect is needed.
 */
final class FirstLook {

  private FirstLook() {}

  /** Says whether nothing at all is to be done. False also if the tables cannot be read. */
  static boolean findsAllExecuted(Session session, Registry registry, MigrationOptions options) {
    if (registry.size() == 0) {
      return false;
    }
    Tables tables =
        options.schema().isEmpty() && options.tableName().equals(Tables.UNQUALIFIED.name())
            ? Tables.UNQUALIFIED
            : Tables.of(session.dialect(), options);
    boolean all;
    try {
      all = findsAllExecuted(session, tables, registry);
    } catch (SQLException e) {
      all = false;
    }
    try {
      session.endRead();
    } catch (HistoryException e) {
      return false;
    }
    return all;
  }

  /**
   * An open attempt shows itself by its id, which is no migration's name. The rows mostly come in
   * the order in which they were written. A table that somebody else has made may hold a name
   * twice, so each is ticked off.
   */
  private static boolean findsAllExecuted(Session session, Tables tables, Registry registry)
      throws SQLException {
    String sql =
        "SELECT name FROM "
            + tables.history()
            + " UNION ALL SELECT id FROM "
            + tables.journal()
            + " WHERE open_slot = 1";
    try (PreparedStatement statement = session.connection().prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      boolean[] executed = new boolean[registry.size()];
      int count = 0;
      while (row.next()) {
        int position = registry.position(row.getString(1), count);
        if (position < 0 || executed[position]) {
          return false;
        }
        executed[position] = true;
        count++;
      }
      return count == executed.length;
    }
  }
}
