package dev.kysera.migrations.examples.sqlite;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("002_create_posts")
final class CreatePosts implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute(
        """
        create table posts (
          id integer primary key autoincrement,
          user_id integer not null references users (id) on delete cascade,
          title text not null
        )""");
    handle.execute("create index posts_user_id_idx on posts (user_id)");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table posts");
  }
}
