package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("001_create_users")
record RecordWithComponents(String table) implements JdbiMigration {
  @Override
  public void up(Handle handle) {}
}
