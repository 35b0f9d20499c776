package dev.kysera.migrations.benchmarks.contestants;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** A tool as an application calls it. */
public interface Contestant {

  /** Brings the database up to date. */
  void up(DataSource dataSource) throws Exception;

  /** Brings the database up to date in an application that has a {@code Jdbi} already. */
  default void up(Jdbi jdbi, DataSource dataSource) throws Exception {
    up(dataSource);
  }

  /** Takes the last migrations back. */
  default void down(DataSource dataSource, int steps) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Says what is executed and what is pending. */
  default void status(DataSource dataSource) throws Exception {
    throw new UnsupportedOperationException();
  }
}
