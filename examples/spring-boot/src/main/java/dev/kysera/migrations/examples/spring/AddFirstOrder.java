package dev.kysera.migrations.examples.spring;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.time.Clock;
import java.time.LocalDateTime;
import org.jdbi.v3.core.Handle;

/** Needs a bean of the application: its constructor says so. */
@Migration("002_add_first_order")
final class AddFirstOrder implements JdbiMigration {

  private final Clock clock;

  AddFirstOrder(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void up(Handle handle) {
    handle.execute("insert into orders values (1, 'Ada', ?)", LocalDateTime.now(clock));
  }

  @Override
  public void down(Handle handle) {
    handle.execute("delete from orders where id = 1");
  }
}
