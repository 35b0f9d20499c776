package dev.kysera.migrations.examples.data;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

/** Breaking: to be released when no running application reads the old column any more. */
@Migration(
    value = "004_drop_full_name",
    description = "First and last name have replaced it",
    breaking = true)
final class DropFullName implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute("alter table users drop column full_name");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("alter table users add full_name varchar(201)");
  }
}
