package dev.kysera.migrations.benchmarks.contestants;

import javax.sql.DataSource;

/** A tool as an application calls it. */
public interface Contestant {

  /** Brings the database up to date. */
  void up(DataSource dataSource) throws Exception;

  /** Takes the last migrations back. */
  default void down(DataSource dataSource, int steps) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Says what is executed and what is pending. */
  default void status(DataSource dataSource) throws Exception {
    throw new UnsupportedOperationException();
  }
}
