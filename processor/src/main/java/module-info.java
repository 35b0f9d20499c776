/** Checks {@code @Migration} classes at compile time and generates the registry. */
@org.jspecify.annotations.NullMarked
module dev.kysera.migrations.processor {
  requires java.compiler;
  requires dev.kysera.migrations.annotation;
  requires com.palantir.javapoet;
  requires static jdk.compiler;
  requires static com.google.auto.service;
  requires static org.jspecify;

  provides javax.annotation.processing.Processor with
      dev.kysera.migrations.processor.MigrationProcessor;
}
