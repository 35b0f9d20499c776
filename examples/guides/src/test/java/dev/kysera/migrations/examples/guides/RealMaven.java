package dev.kysera.migrations.examples.guides;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;

/** Maven itself, by the shell, as a reader calls it. The artifacts must have been installed. */
final class RealMaven implements Build {

  @Override
  public boolean canRun(Path folder) {
    return true;
  }

  @Override
  public Process start(Path folder, Map<String, String> environment, String command)
      throws IOException {
    String called = command.equals(QuickBuild.INSTALL) ? "true" : "exec " + command;
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", called)
            .directory(folder.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true);
    builder.environment().remove("DATABASE_URL");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
