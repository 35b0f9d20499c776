package dev.kysera.migrations.examples.data;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration(value = "002_add_name_columns", description = "Room for first and last name")
final class AddNameColumns implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute("alter table users add (first_name varchar(100), last_name varchar(100))");
    handle.execute("alter table users alter column full_name drop not null");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("alter table users alter column full_name set not null");
    handle.execute("alter table users drop column first_name, last_name");
  }
}
