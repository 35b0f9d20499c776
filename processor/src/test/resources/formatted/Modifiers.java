package formatted;

import dev.kysera.migrations.annotation.Migration;
import dev.kysera.migrations.JdbiMigration;
import java.lang.annotation.*;
import org.jdbi.v3.core.Handle;

final @Migration(formerly = {"003_odd", "003_older"}, value = "003_modifiers", transactional = false) @Deprecated public class Modifiers implements JdbiMigration {
  final static private int A = 1, B[] = {2, 3,}, C[][] = {{4}, {}, {5, 6}};
  static @Deprecated final volatile_ D = null;
  transient volatile protected int e;
  @SuppressWarnings({"unused", "rawtypes",}) final static @Marker({1, 2}) private java.util.List F = null;

  static abstract @Deprecated private class Inner {
    synchronized final protected strictfp void g() {}
    abstract protected void h();
    native static private void n();
  }

  static abstract sealed protected interface Shape permits Square, Circle {}
  static non-sealed class Square implements Shape {}
  final static public class Circle implements Shape {}
  abstract static strictfp non-sealed class Oval implements Curve {}
  abstract static sealed class Base permits Derived {}
  static final class Derived extends Base {}
  sealed static interface Curve permits Oval {}
  static class volatile_ {}

  @Retention(RetentionPolicy.RUNTIME) static @interface Marker {
    int[] value() default {};
    final static public int X = 1; String name() default "n";
    abstract public Class<?>[] types() default {String.class, int[].class};
  }

  @Override final synchronized public @Deprecated strictfp void up(final @Marker Handle handle) {
    final @Marker(value = {}, name = "x") int x[] = new int[] {1, 2, 3,}, y = 4;
    handle.execute("a" + x.length + y + A + B.length + C.length + D + F);
  }

  synchronized public @Marker @Override final void down(@Marker(value = {1, 2}, name = ",") final Handle handle) throws IllegalStateException {
    handle.execute("drop");
  }
}
