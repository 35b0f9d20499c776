package dev.kysera.migrations.examples.mysql;

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
          id integer primary key auto_increment,
          email varchar(255) not null unique,
          created_at datetime default now() not null
        ) engine=InnoDB default charset=utf8mb4""");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table users");
  }
}
