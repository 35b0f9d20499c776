package dev.kysera.migrations.spring;

/** What happens when the application starts. */
enum MigrationMode {
  /** What is pending is executed. */
  UP,
  /** The application stops if the database is not what the code expects. */
  CHECK,
  /** The application waits until another process has executed what is pending. */
  AWAIT,
  /** Nothing. */
  OFF
}
