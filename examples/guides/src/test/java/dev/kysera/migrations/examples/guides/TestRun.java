package dev.kysera.migrations.examples.guides;

/** Runs tests and tells of them as Surefire does. */
final class TestRun {

  private TestRun() {}

  public static void main(String[] args) {}
}
