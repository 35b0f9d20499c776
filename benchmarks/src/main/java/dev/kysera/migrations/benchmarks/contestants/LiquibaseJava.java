package dev.kysera.migrations.benchmarks.contestants;

/** Liquibase with a changelog in XML whose every change set names a Java class. */
public final class LiquibaseJava extends LiquibaseContestant {

  public LiquibaseJava() {
    super("bench/changelog.xml");
  }
}
