package dev.kysera.migrations.examples.postgresql;

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
          id serial primary key,
          user_id integer not null references users (id) on delete cascade,
          title varchar(255) not null,
          content text not null,
          created_at timestamp default now() not null
        )""");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table posts");
  }
}
