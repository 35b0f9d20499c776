package dev.kysera.migrations.benchmarks.contestants;

import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What {@link Jdbc} does, written with JDBI's statements. */
public abstract class JdbiStatements implements Contestant {

  /** The names in the code, in their order. */
  protected abstract String[] names();

  /** The statement of the migration at a position. */
  protected abstract String body(int position);

  @Override
  public final void up(DataSource dataSource) {
    up(Jdbi.create(dataSource), dataSource);
  }

  @Override
  public final void up(Jdbi jdbi, DataSource dataSource) {
    try (Handle handle = jdbi.open()) {
      Set<String> executed =
          new HashSet<>(
              handle.createQuery("select name from migrations").mapTo(String.class).list());
      String[] names = names();
      for (int i = 0; i < names.length; i++) {
        if (!executed.contains(names[i])) {
          String name = names[i];
          String body = body(i);
          handle.useTransaction(
              transaction -> {
                transaction.execute(body);
                transaction.execute("insert into migrations (name) values (?)", name);
              });
        }
      }
    }
  }
}
