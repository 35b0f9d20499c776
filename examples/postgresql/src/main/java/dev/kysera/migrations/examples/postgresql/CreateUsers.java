package dev.kysera.migrations.examples.postgresql;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("001_create_users")
final class CreateUsers implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute(
        """
        create table users (
          id serial primary key,
          email varchar(255) not null unique,
          created_at timestamp default now() not null
        )""");
    handle.execute("create index users_email_idx on users (email)");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table users cascade");
  }
}
