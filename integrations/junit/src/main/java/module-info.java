/** Tests of migrations in one line, and schema snapshots to commit as golden files. */
@org.jspecify.annotations.NullMarked
module dev.kysera.migrations.junit {
  requires static org.jspecify;
  requires static org.jdbi.v3.testing;
  requires transitive dev.kysera.migrations;
  requires transitive org.junit.jupiter.api;

  exports dev.kysera.migrations.junit;
}
