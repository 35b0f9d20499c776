package dev.kysera.migrations.examples.data;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("001_create_users")
final class CreateUsers implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute("create table users (id integer primary key, full_name varchar(201) not null)");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table users");
  }
}
