package app;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration(value = "CreateUsers", estimatedMillis = -5)
abstract class SeveralFaults<T> implements JdbiMigration {
  private SeveralFaults() {}
}
