package dev.kysera.migrations.benchmarks.violations;

import java.time.Duration;
import javax.sql.DataSource;

/** Something that executes the migrations of the {@link Scenario}. */
interface Tool {

  /**
   * Executes what is pending, as a process that has just started.
   *
   * @param patience how long to wait for the lock of another run
   */
  void up(DataSource database, Duration patience) throws Exception;
}
