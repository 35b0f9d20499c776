package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationRunner;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the runtime that does the work. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(MigrationRunner.class.getPackage().getImplementationVersion())
            .orElse("(version unknown)");
    return new String[] {"kysera-migrations " + version};
  }
}
