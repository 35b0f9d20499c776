package dev.kysera.migrations.benchmarks.contestants;

/** Liquibase with a changelog in SQL, formatted as Liquibase reads it. */
public final class LiquibaseSql extends LiquibaseContestant {

  public LiquibaseSql() {
    super("bench/changelog.sql");
  }
}
