/** Runs, undoes and reports migrations on a JDBI handle. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the test kit is compiled after this
module dev.kysera.migrations {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive dev.kysera.migrations.annotation;
  requires transitive org.jdbi.v3.core;
  requires transitive java.sql;
  requires jdk.jfr;
  requires org.slf4j;
  requires io.leangen.geantyref; // JDBI needs it, and as an automatic module cannot say so

  exports dev.kysera.migrations;
  exports dev.kysera.migrations.internal.risk to
      dev.kysera.migrations.junit;
  exports dev.kysera.migrations.internal.sql to
      dev.kysera.migrations.junit;
}
