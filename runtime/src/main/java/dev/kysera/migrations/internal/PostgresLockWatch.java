package dev.kysera.migrations.internal;

import dev.kysera.migrations.RehearsedStatement.TableLock;
import dev.kysera.migrations.internal.recording.StatementWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which locks on tables the session holds that it did not hold before. */
final class PostgresLockWatch implements StatementWatch {

  /**
   * Locks on indexes and on the system's own tables stop nobody else. A table that was dropped is
   * locked still, but has no name any more.
   */
  private static final String HELD =
      """
      SELECT l.relation, pg_catalog.quote_ident(n.nspname) || '.' ||
        pg_catalog.quote_ident(c.relname), l.mode
      FROM pg_catalog.pg_locks l
      LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation
      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted
        AND l.database <> 0
        AND (c.oid IS NULL OR (c.relkind IN ('r', 'p', 'm', 'v', 'f')
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')))
      ORDER BY l.relation, l.mode""";

  /** A lock by the number of its table. */
  private record Held(long table, @Nullable String name, String mode) {}

  private final Statements statements;
  private final Map<Long, String> names = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  /** Starts with the locks that are held now. */
  PostgresLockWatch(Statements statements) {
    this.statements = statements;
    newLocks();
  }

  @Override
  public List<TableLock> newLocks() {
    List<TableLock> fresh = new ArrayList<>();
    for (Held held : held()) {
      if (held.name() != null) {
        names.put(held.table(), held.name());
      }
      String name = names.get(held.table());
      if (name != null && known.add(held.table() + held.mode())) {
        fresh.add(new TableLock(name, held.mode()));
      }
    }
    return fresh;
  }

  private List<Held> held() {
    return statements.query(
        HELD, row -> new Held(row.getLong(1), row.getString(2), row.getString(3)));
  }
}
