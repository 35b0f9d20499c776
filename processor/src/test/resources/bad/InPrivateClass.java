package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

class InPrivateClass {
  private static class Group {
    @Migration("001_create_users")
    static class CreateUsers implements JdbiMigration {
      @Override
      public void up(Handle handle) {}
    }
  }
}
