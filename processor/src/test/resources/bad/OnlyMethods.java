package app;

import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("001_create_users")
class OnlyMethods {
  public void up(Handle handle) {}

  public void down(Handle handle) {}
}
