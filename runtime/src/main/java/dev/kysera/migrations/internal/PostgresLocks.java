package dev.kysera.migrations.internal;

import dev.kysera.migrations.internal.Dialect.Liveness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The advisory locks of PostgreSQL: one of the transaction, by which a run is alone, and one of the
 * session for each sign of life. Their keys are the beginnings of SHA-256 digests.
 */
final class PostgresLocks {

  static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final int MOST_UNLOCKS = 20;

  /** A lock of the current database, found by the halves of its key. */
  private static final String ADVISORY_LOCK =
      """
      FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
          WHERE d.datname = pg_catalog.current_database())
        AND l.classid = %d AND l.objid = %d""";

  private PostgresLocks() {}

  /**
   * An SQL expression that is true if the transaction is alone. It tries, and never waits: a
   * waiting statement would be an old transaction, for which CREATE INDEX CONCURRENTLY in the
   * session that holds the lock waits in turn. What is read afterwards must be read by a statement
   * of its own, since this one sees the database as it was before the lock.
   */
  static String tryAlone(Tables tables) {
    return "pg_catalog.pg_try_advisory_xact_lock(" + runKey(tables) + ")";
  }

  /** An SQL expression that waits until the transaction is alone, for somebody who looks on. */
  static String awaitAlone(Tables tables) {
    return "pg_catalog.pg_advisory_xact_lock(" + runKey(tables) + ")";
  }

  /** The refusal of a statement that asked to be alone. */
  static RuntimeException notAlone(Statements statements, String sql) {
    return statements.failed(
        sql, new SQLException("another run holds the lock", LOCK_NOT_AVAILABLE));
  }

  static Optional<String> holder(Statements statements, Tables tables) {
    String holder =
        statements.queryString(
            """
            SELECT 'pid ' || a.pid || COALESCE(', ' || NULLIF(a.application_name, ''), '')
                || COALESCE(', ' || CAST(a.client_addr AS text), '')
                || COALESCE(', ' || a.state, '')
            FROM pg_catalog.pg_stat_activity a WHERE a.pid IN (SELECT l.pid %s)"""
                .formatted(advisoryLock(runKey(tables))));
    return holder.isEmpty() ? Optional.empty() : Optional.of(holder);
  }

  /**
   * A query for the session that is at work: it holds the lock of the run, or, outside of a
   * transaction, the sign of life that the open attempt names.
   */
  static String worker(Tables tables) {
    return "SELECT l.pid " + advisoryLock(runKey(tables));
  }

  /** The same for a session that gives a sign. */
  static String signer(String sign) {
    return "SELECT l.pid " + advisoryLock(signKey(sign));
  }

  static boolean beginSign(Statements statements, String sign) {
    return isTrue(statements, "SELECT pg_catalog.pg_try_advisory_lock(" + signKey(sign) + ")");
  }

  /**
   * Behind a pooler that lends sessions for one transaction, the statement may reach another
   * session than the one that holds the lock. It would hold it for as long as the pooler keeps it,
   * so it is asked for again.
   */
  static boolean endSign(Statements statements, String sign) {
    for (int tries = 0; tries < MOST_UNLOCKS; tries++) {
      if (isTrue(statements, "SELECT pg_catalog.pg_advisory_unlock(" + signKey(sign) + ")")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrue(Statements statements, String question) {
    return statements.query(question, row -> row.getBoolean(1)).get(0);
  }

  /** An SQL condition that holds while this session gives the sign. */
  static String givesSign(String sign) {
    return "EXISTS (SELECT 1 "
        + advisoryLock(signKey(sign))
        + " AND l.pid = pg_catalog.pg_backend_pid())";
  }

  /**
   * A session that gives a sign is asked for it. One that gave none ran a migration in a
   * transaction, which that migration must have committed by itself, or nobody would see the
   * attempt: if the session is gone, so is the owner; if it is there, a pool may have kept it.
   * Locks are not seen on a standby.
   */
  static Liveness liveness(Statements statements, OpenAttempt attempt) {
    if (LiveAttempts.has(attempt)) {
      return Liveness.ALIVE;
    }
    boolean signed = !attempt.sessionRef().matches("[0-9]*");
    String there =
        signed
            ? "SELECT 1 " + advisoryLock(signKey(attempt.sessionRef()))
            : "SELECT 1 FROM pg_catalog.pg_stat_activity a WHERE CAST(a.pid AS text) = '"
                + attempt.sessionRef()
                + "' AND a.pid <> pg_catalog.pg_backend_pid()";
    return Liveness.valueOf(
        statements.queryString(
            """
            SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'UNKNOWN'
              WHEN EXISTS (%s) THEN '%s' ELSE 'DEAD' END"""
                .formatted(there, signed ? "ALIVE" : "UNKNOWN")));
  }

  private static String advisoryLock(long key) {
    return ADVISORY_LOCK.formatted(key >>> 32, key & 0xffff_ffffL);
  }

  private static long runKey(Tables tables) {
    return key("lock:" + tables.history());
  }

  private static long signKey(String sign) {
    return key("alive:" + sign);
  }

  private static long key(String what) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("kysera:" + what).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
