package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration(description = "Users", value = "1-CreateUsers")
class MalformedName implements JdbiMigration {
  @Override
  public void up(Handle handle) {}
}
