package dev.kysera.migrations.examples.mysql;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("002_create_posts")
final class CreatePosts implements JdbiMigration {

  /** Index and foreign key are part of the one statement: so the migration cannot be half done. */
  @Override
  public void up(Handle handle) {
    handle.execute(
        """
        create table posts (
          id integer primary key auto_increment,
          user_id integer not null,
          title varchar(255) not null,
          content text not null,
          created_at datetime default now() not null,
          key posts_user_id_idx (user_id),
          constraint posts_user_id_fk foreign key (user_id) references users (id)
            on delete cascade
        ) engine=InnoDB default charset=utf8mb4""");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table posts");
  }
}
