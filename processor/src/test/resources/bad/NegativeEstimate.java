package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration(value = "001_create_users", estimatedMillis = -5)
class NegativeEstimate implements JdbiMigration {
  @Override
  public void up(Handle handle) {}
}
