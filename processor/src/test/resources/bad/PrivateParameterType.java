package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.util.List;
import org.jdbi.v3.core.Handle;

@Migration("001_create_users")
class PrivateParameterType implements JdbiMigration {
  private record Table(String name) {}

  PrivateParameterType(List<? extends Table[]> tables) {}

  @Override
  public void up(Handle handle) {}
}
