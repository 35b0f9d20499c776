package dev.kysera.migrations.examples.postgresql;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

/**
 * An index on a table that is in use: writers go on while it is built.
 *
 * <p>PostgreSQL refuses CONCURRENTLY in a transaction. Without one, an interrupted build leaves an
 * invalid index; since that is dropped first, the migration may simply run again.
 */
@Migration(value = "004_index_authors", transactional = false, rerunnable = true)
final class IndexAuthors implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute("drop index concurrently if exists posts_user_id_idx");
    handle.execute("create index concurrently posts_user_id_idx on posts (user_id)");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop index concurrently if exists posts_user_id_idx");
  }
}
