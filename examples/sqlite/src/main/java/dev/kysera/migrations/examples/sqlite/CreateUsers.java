package dev.kysera.migrations.examples.sqlite;

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
          id integer primary key autoincrement,
          email text not null unique,
          created_at text default (datetime('now')) not null
        )""");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table users");
  }
}
