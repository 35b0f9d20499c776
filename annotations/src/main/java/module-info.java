/** The annotations of Kysera Migrations and the rules of migration names. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the modules that may use the rules are compiled after this one
module dev.kysera.migrations.annotation {
  requires static org.jspecify;

  exports dev.kysera.migrations.annotation;
  exports dev.kysera.migrations.annotation.internal to
      dev.kysera.migrations,
      dev.kysera.migrations.cli,
      dev.kysera.migrations.junit,
      dev.kysera.migrations.processor;
}
