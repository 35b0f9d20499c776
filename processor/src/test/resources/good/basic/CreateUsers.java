package app.db;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration(value = "001_create_users", description = "Users table")
final class CreateUsers implements JdbiMigration {
  @Override
  public void up(Handle handle) {
    handle.execute("create table users (id int primary key)");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table users");
  }
}
