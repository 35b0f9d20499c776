package formatted;

import static java.lang.Integer.*;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

class Constants {
  static final String NAME = "names", OTHER = NAME + "_other";
  static final char QUOTE = '"';

  interface Limits { long MANY = 1000L; double HALF = 0.5; }

  @Migration("018_constants")
  static class Names extends Constants implements JdbiMigration, Limits {
    @SuppressWarnings(NAME) private static final int LENGTH = NAME.length() + MAX_VALUE % 7;

    @Override
    public void up(Handle handle) {
      handle.execute("create table " + QUOTE + NAME + QUOTE + " (id int, name varchar(" + LENGTH + ") default '" + Constants.OTHER + "')");
      switch (LENGTH) { case MIN_VALUE: case Short.MAX_VALUE: return; default: handle.execute("select " + Constants.Limits.MANY + SECONDS + TimeUnit.DAYS); }
    }

    @Override
    public void down(Handle handle) { for (String table : List.of(NAME, OTHER)) { handle.execute("drop table " + table + " /* " + Limits.HALF + MANY + " */"); } }
  }
}
