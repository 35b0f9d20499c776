package dev.kysera.migrations.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;
import javax.lang.model.SourceVersion;

/** The types that generated code mentions, known by name only. */
final class RuntimeTypes {

  static final String RUNTIME_PACKAGE = "dev.kysera.migrations";

  /** The Java version of the runtime's class files, and of the generated source. */
  static final SourceVersion OLDEST_RELEASE = SourceVersion.RELEASE_17;

  static final ClassName JDBI_MIGRATION = ClassName.get(RUNTIME_PACKAGE, "JdbiMigration");
  static final ClassName MIGRATION_DEFINITION =
      ClassName.get(RUNTIME_PACKAGE, "MigrationDefinition");
  static final ClassName MIGRATION_REGISTRY = ClassName.get(RUNTIME_PACKAGE, "MigrationRegistry");
  static final ClassName MIGRATION_RUNNER = ClassName.get(RUNTIME_PACKAGE, "MigrationRunner");
  static final ClassName MIGRATION_OPTIONS = ClassName.get(RUNTIME_PACKAGE, "MigrationOptions");
  static final ClassName JDBI = ClassName.get("org.jdbi.v3.core", "Jdbi");

  static final ClassName GENERATED_REGISTRY =
      ClassName.get("dev.kysera.migrations.annotation", "GeneratedRegistry");
  static final ClassName GENERATED = ClassName.get("javax.annotation.processing", "Generated");

  static final ClassName DURATION = ClassName.get("java.time", "Duration");
  static final ClassName SUPPRESS_WARNINGS = ClassName.get(SuppressWarnings.class);
  static final ClassName LIST = ClassName.get("java.util", "List");
  static final ClassName OBJECTS = ClassName.get("java.util", "Objects");
  static final ClassName STRING = ClassName.get(String.class);
  static final ClassName INDEX_OUT_OF_BOUNDS = ClassName.get(IndexOutOfBoundsException.class);

  /** All of them, since a class of the user's with the same simple name would hide one. */
  static final List<ClassName> MENTIONED =
      List.of(
          JDBI_MIGRATION,
          MIGRATION_DEFINITION,
          MIGRATION_REGISTRY,
          MIGRATION_RUNNER,
          MIGRATION_OPTIONS,
          JDBI,
          GENERATED_REGISTRY,
          GENERATED,
          DURATION,
          SUPPRESS_WARNINGS,
          LIST,
          OBJECTS,
          STRING,
          INDEX_OUT_OF_BOUNDS);

  private RuntimeTypes() {}
}
