package dev.kysera.migrations.cli;

import org.jdbi.v3.core.Jdbi;

/** Where a verb finds the database, asked for only by a verb that needs one. */
interface Database {

  /**
   * Returns the database, the same each time, so that nobody is asked for a password twice. No
   * connection is opened yet.
   *
   * @throws UsageException if the arguments and the environment do not name one
   */
  Jdbi open();
}
