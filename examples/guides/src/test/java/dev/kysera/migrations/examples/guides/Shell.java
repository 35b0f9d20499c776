package dev.kysera.migrations.examples.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal: the few commands of a shell that the guides need, and Maven. */
final class Shell {

  private static final Pattern MAKE_FOLDER =
      Pattern.compile("(cd \\.\\. && )?mkdir ([\\w-]+) && cd \\2");
  private static final Pattern EXPORT = Pattern.compile("export (\\w+)=(?:'([^']*)'|(\\S*))");
  private static final Pattern REMOVE = Pattern.compile("rm ([\\w./ -]+)");
  private static final Pattern SHOW = Pattern.compile("cat ([\\w./-]+)");
  private static final String STATUS = "echo $?";

  private final Build build;
  private final Map<String, String> environment = new HashMap<>();
  private Path folder;
  private int status;

  Shell(Path folder, Build build) {
    this.folder = folder;
    this.build = build;
  }

  /** A terminal in the copy of a folder, with the same exported. */
  Shell in(Path folder) {
    Shell other = new Shell(folder, build);
    other.environment.putAll(environment);
    return other;
  }

  Path folder() {
    return folder;
  }

  /** Returns what a command prints. A command that nobody knows here is an error of the guide. */
  String run(String command) throws IOException, InterruptedException {
    Matcher makeFolder = MAKE_FOLDER.matcher(command);
    Matcher export = EXPORT.matcher(command);
    Matcher remove = REMOVE.matcher(command);
    Matcher show = SHOW.matcher(command);
    if (command.equals(STATUS)) {
      return status + "\n";
    }
    if (command.startsWith("mvn ")) {
      Process process = build.start(folder, environment, command);
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      status = process.waitFor();
      return printed;
    }
    if (makeFolder.matches()) {
      Path where = makeFolder.group(1) == null ? folder : folder.getParent();
      folder = Files.createDirectory(where.resolve(makeFolder.group(2)));
    } else if (export.matches()) {
      environment.put(export.group(1), export.group(2) == null ? export.group(3) : export.group(2));
    } else if (remove.matches()) {
      for (String file : remove.group(1).split(" ")) {
        Files.delete(folder.resolve(file));
      }
    } else if (show.matches()) {
      Path file = folder.resolve(show.group(1));
      return Files.exists(file) ? Files.readString(file) : "There is no " + show.group(1) + "\n";
    } else {
      throw new AssertionError("The test does not know this command: " + command);
    }
    status = 0;
    return "";
  }

  /** Starts a program that goes on. */
  RunningProgram start(String command) throws IOException, InterruptedException {
    assertThat(command).startsWith("mvn ");
    return new RunningProgram(build.start(folder, environment, command));
  }
}
