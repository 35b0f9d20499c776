package dev.kysera.migrations.examples.guides;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a Maven command does. */
interface Build {

  /** Whether programs of a project can be run, or only compiled. */
  boolean canRun(Path folder) throws IOException;

  /**
   * Starts a command.
   *
   * @param folder where it is called
   * @param environment what was exported
   * @param command the command as the guide has it
   * @return what runs; its standard output has its standard error too
   */
  Process start(Path folder, Map<String, String> environment, String command)
      throws IOException, InterruptedException;
}
