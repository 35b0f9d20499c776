package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("001_create_users")
class GenericConstructor implements JdbiMigration {
  <T extends Runnable> GenericConstructor(T task) {}

  @Override
  public void up(Handle handle) {}
}
