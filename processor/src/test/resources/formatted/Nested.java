package formatted;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

public interface Nested {
  String PREFIX = "nested_";

  @Migration("007_record")
  record Inside() implements JdbiMigration {
    public Inside {
      if (PREFIX.isEmpty()) throw new IllegalStateException("record, class Inside { down(Handle handle) }");
    }

    record Column(String name, int... sizes) { Column { sizes = sizes.clone(); } static final int record = 1; }

    @Override public void up(Handle handle) {
      record Local<T>(T t) { @Override public String toString() { return "" + t + Column.record; } }
      enum Mood { GOOD, BAD }
      interface Named { String name(); default void down(Handle handle) { handle.execute(name()); } }
      var migration = new JdbiMigration() {
        int down = 1;
        @Override public void up(Handle handle) { handle.execute("anonymous"); }
        @Override public void down(Handle handle) { handle.execute("anonymous down" + down); }
      };
      migration.up(handle);
      handle.execute(PREFIX + new Local<>(1) + Mood.GOOD + ((Named) () -> "n").name() + new Column("x", 1, 2));
    }
  }

  enum Holder {
    A(1) { @Override void run(Handle handle) { handle.execute("A"); } }, B;
    Holder(int... x) {}
    void run(Handle handle) {}
    void down(Handle handle) { handle.execute("not a migration's"); }

    @Migration("008_in_an_enum") static final class Inside implements JdbiMigration {
      int down; Consumer<Handle> back = this::down; { down = 2; } static { System.lineSeparator(); }
      static class Inside2 { void down(Handle handle) {} class Deep { void down(Handle handle) { handle.execute("deep"); } } }
      public void up(Handle handle) { down(handle, 1); back.accept(handle); A.run(handle); }
      private void down(Handle handle, int times) { for (int i = 0; i < times; i++) down(handle); }
      <T> void down(T other) { down = 3; }
      void down(Handle... handles) {}
      public @Override void down(@SuppressWarnings({"a", "b"}) org.jdbi.v3.core.Handle handle) throws IllegalArgumentException { this.down(handle, down = 4); }
      void down() {}
    }
  }

  class Outer { static class Middle {
      @Migration("009_deep") public static class Inside implements JdbiMigration { public void up(Handle handle) { handle.execute("deep"); } public void down(Inside this, Handle handle) { handle.execute("undeep"); } } } }
}

@Migration("010_second_class_of_the_file")
class SecondOfFile implements JdbiMigration {
  public void up(Handle handle) { handle.execute(Nested.PREFIX); }
}

@interface Between { String value() default "class ThirdOfFile {"; }

@Between @Migration("011_third") final class ThirdOfFile implements JdbiMigration { public void up(Handle handle) { new SecondOfFile().up(handle); } };
