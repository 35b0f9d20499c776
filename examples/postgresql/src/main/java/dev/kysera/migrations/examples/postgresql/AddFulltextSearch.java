package dev.kysera.migrations.examples.postgresql;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

/**
 * Five statements in one transaction: PostgreSQL rolls back DDL, so all of them are done or none.
 */
@Migration(value = "003_add_fulltext_search", description = "Search in title and content of posts")
final class AddFulltextSearch implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute("alter table posts add column search_vector tsvector");
    handle.execute("create index posts_search_vector_idx on posts using gin (search_vector)");
    // The body is between $$, so its semicolons end nothing.
    handle.execute(
        """
        create function posts_search_vector() returns trigger language plpgsql as $$
        begin
          new.search_vector :=
            setweight(to_tsvector('pg_catalog.english', new.title), 'A')
            || setweight(to_tsvector('pg_catalog.english', new.content), 'B');
          return new;
        end $$""");
    handle.execute(
        """
        create trigger posts_search_vector_update before insert or update on posts
        for each row execute function posts_search_vector()""");
    // Posts from before: the trigger fills in the column.
    handle.execute("update posts set search_vector = null");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop trigger posts_search_vector_update on posts");
    handle.execute("drop function posts_search_vector()");
    // Its index goes with it.
    handle.execute("alter table posts drop column search_vector");
  }
}
