package dev.kysera.migrations.benchmarks.contestants;

import dev.kysera.migrations.MigrationRunner;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The generated registry, with the default options. */
public abstract class Kysera implements Contestant {

  /** The runner of the generated class. */
  protected abstract MigrationRunner runner(Jdbi jdbi);

  @Override
  public final void up(DataSource dataSource) {
    runner(Jdbi.create(dataSource)).up();
  }

  @Override
  public final void up(Jdbi jdbi, DataSource dataSource) {
    runner(jdbi).up();
  }

  @Override
  public final void down(DataSource dataSource, int steps) {
    runner(Jdbi.create(dataSource)).down(steps);
  }

  @Override
  public final void status(DataSource dataSource) {
    runner(Jdbi.create(dataSource)).status();
  }
}
