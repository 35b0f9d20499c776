package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

class PrivateClass {
  @Migration("001_create_users")
  private static class CreateUsers implements JdbiMigration {
    @Override
    public void up(Handle handle) {}
  }
}
