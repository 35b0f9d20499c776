/** A command line for the migrations in an application's own jar. */
@org.jspecify.annotations.NullMarked
module dev.kysera.migrations.cli {
  requires static org.jspecify;
  requires transitive dev.kysera.migrations;
  requires info.picocli;
  requires com.fasterxml.jackson.core;
  requires java.compiler;
  requires static jdk.compiler; // only "create" reads sources, and says so if it is missing

  exports dev.kysera.migrations.cli;

  opens dev.kysera.migrations.cli to
      info.picocli;
}
