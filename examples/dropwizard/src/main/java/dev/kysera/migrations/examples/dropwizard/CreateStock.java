package dev.kysera.migrations.examples.dropwizard;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("001_create_stock")
final class CreateStock implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute("create table stock (item varchar(50) primary key, amount int not null)");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table stock");
  }
}
