package dev.kysera.migrations.cli;

import dev.kysera.migrations.annotation.internal.MigrationName;
import java.nio.file.Path;

/**
 * A migration as its source file says.
 *
 * @param name the name in its annotation
 * @param packageName the package of its class, empty for the unnamed one
 * @param className the simple name of its class
 * @param file where it is written
 */
record DeclaredMigration(MigrationName name, String packageName, String className, Path file) {

  @Override
  public String toString() {
    return name.text() + " in " + file;
  }
}
