package app.db;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

final class Dependent {

  @Migration("001_independent")
  static class Independent implements JdbiMigration {
    @Override
    public void up(Handle handle) {}
  }

  @Migration("002_record")
  record OfARecord(Clock clock, String schemaName) implements JdbiMigration {
    @Override
    public void up(Handle handle) {
      System.out.println("up 002 of [" + schemaName + "]");
    }
  }

  @Migration("003_two_constructors")
  static class TwoConstructors implements JdbiMigration {
    TwoConstructors() {}

    TwoConstructors(String unused) {}

    @Override
    public void up(Handle handle) {}
  }

  @Migration("004_class")
  static class OfAClass implements JdbiMigration {
    private final List<Integer> limits;

    OfAClass(List<Integer> limits, Clock clock) {
      this.limits = limits;
    }

    @Override
    public void up(Handle handle) {
      System.out.println("up 004 of " + limits);
    }

    @Override
    public void down(Handle handle) {}
  }

  private Dependent() {}
}
