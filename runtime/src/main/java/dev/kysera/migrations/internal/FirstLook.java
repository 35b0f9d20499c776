package dev.kysera.migrations.internal;

import dev.kysera.migrations.HistoryException;
import dev.kysera.migrations.MigrationOptions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The look with which going up begins, and mostly ends: one SELECT that tells whether everything is
 * executed, nothing is open, nothing is unknown and nothing has changed. Whatever else there is,
 * the whole road finds out by itself.
 *
 * <p>Every start of an application comes by here, with a cold JVM. So it reads names and
 * fingerprints only, without a join, and does without lambdas, streams and formats, each of which
 * costs more than the look.
 */
final class FirstLook {

  /** The database whose dialect names a schema also by default: a temporary table comes first. */
  private static final String QUALIFIES = "SQLite";

  private FirstLook() {}

  /** Says whether nothing at all is to be done. False also if the tables cannot be read. */
  static boolean findsAllExecuted(Session session, Registry registry, MigrationOptions options) {
    if (registry.size() == 0) {
      return false;
    }
    boolean all;
    try {
      all = findsAllExecuted(session, tables(session, options), registry);
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

  /** No dialect is needed for default names that may resolve by themselves. */
  private static Tables tables(Session session, MigrationOptions options) throws SQLException {
    return options.schema().isEmpty()
            && options.tableName().equals(Tables.UNQUALIFIED.name())
            && !session.connection().getMetaData().getDatabaseProductName().equals(QUALIFIES)
        ? Tables.UNQUALIFIED
        : Tables.of(session.dialect(), options);
  }

  /**
   * An open attempt shows itself by its id, which is no migration's name. The rows mostly come in
   * the order in which they were written. A table that somebody else has made may hold a name
   * twice, so each is ticked off.
   */
  private static boolean findsAllExecuted(Session session, Tables tables, Registry registry)
      throws SQLException {
    boolean compares = registry.fingerprints().any();
    String sql = compares ? namesAndFingerprints(tables) : names(tables);
    try (PreparedStatement statement = session.connection().prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      boolean[] executed = new boolean[registry.size()];
      int count = 0;
      int next = 0;
      while (row.next()) {
        String name = row.getString(1);
        String fingerprint = compares ? row.getString(2) : null;
        if (fingerprint != null && !fingerprint.isEmpty()) {
          next = registry.position(name, next);
          if (registry.fingerprints().upDiffers(next, fingerprint)) {
            return false;
          }
          next++;
          continue;
        }
        int position = registry.position(name, count);
        if (position < 0 && registry.isOfAnother(name)) {
          continue;
        }
        if (position < 0 || executed[position]) {
          return false;
        }
        executed[position] = true;
        count++;
      }
      return count == executed.length;
    }
  }

  private static String names(Tables tables) {
    return "SELECT name FROM "
        + tables.history()
        + " UNION ALL SELECT id FROM "
        + tables.journal()
        + " WHERE open_slot = 1";
  }

  /**
   * A fingerprint belongs to the name in its own row, so it needs no join, which would cost more
   * than all the rest. The other rows have an empty one, which is of a type everywhere.
   */
  private static String namesAndFingerprints(Tables tables) {
    return "SELECT name, '' FROM "
        + tables.history()
        + " UNION ALL SELECT id, '' FROM "
        + tables.journal()
        + " WHERE open_slot = 1 UNION ALL SELECT current_of, fingerprint FROM "
        + tables.journal()
        + " WHERE current_of IS NOT NULL AND fingerprint IS NOT NULL";
  }
}
