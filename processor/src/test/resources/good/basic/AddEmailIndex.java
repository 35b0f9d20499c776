package app.db;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("002_add_email_index")
final class AddEmailIndex implements JdbiMigration {
  @Override
  public void up(Handle handle) {
    handle.execute("create index users_email on users (email)");
  }
}
