package dev.kysera.migrations.examples.mysql;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration(value = "003_add_fulltext_search", description = "Search in title and content of posts")
final class AddFulltextSearch implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute("create fulltext index posts_search_idx on posts (title, content)");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop index posts_search_idx on posts");
  }
}
