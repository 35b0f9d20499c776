package dev.kysera.migrations.benchmarks.violations;

import java.sql.SQLException;

/** A tool with the migrations of the {@link Scenario}. */
interface Contestant extends Tool {

  String name();

  /** Reads the tables of the tool. */
  History history(Onlooker db) throws SQLException;

  /** Returns how messages call a migration. */
  String spoken(String name);

  /** Whether a table says that somebody is at work. */
  default boolean isLocked(Onlooker db) throws SQLException {
    return false;
  }

  /** Removes that lock, as a person would. */
  default void unlock(Onlooker db) throws SQLException {}
}
