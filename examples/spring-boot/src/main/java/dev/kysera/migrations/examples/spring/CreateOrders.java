package dev.kysera.migrations.examples.spring;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration("001_create_orders")
final class CreateOrders implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute(
        "create table orders (id int primary key, customer varchar(50), placed_at timestamp)");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop table orders");
  }
}
