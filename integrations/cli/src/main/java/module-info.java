/** A command line for the migrations in an application's own jar. */
@org.jspecify.annotations.NullMarked
module dev.kysera.migrations.cli {
  requires static org.jspecify;
  requires transitive dev.kysera.migrations;
  requires info.picocli;
  requires com.fasterxml.jackson.core;

  exports dev.kysera.migrations.cli;

  opens dev.kysera.migrations.cli to
      info.picocli;
}
