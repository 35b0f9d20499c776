package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("001_create_users")
class SeveralConstructors implements JdbiMigration {
  SeveralConstructors(String table) {}

  SeveralConstructors(String table, int size) {}

  @Override
  public void up(Handle handle) {}
}
