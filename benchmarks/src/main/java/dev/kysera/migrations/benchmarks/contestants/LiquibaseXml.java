package dev.kysera.migrations.benchmarks.contestants;

/** Liquibase with a changelog in XML. */
public final class LiquibaseXml extends LiquibaseContestant {

  public LiquibaseXml() {
    super("bench/changelog.xml");
  }
}
