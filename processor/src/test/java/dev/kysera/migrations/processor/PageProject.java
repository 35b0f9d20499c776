package dev.kysera.migrations.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.annotation.internal.Fingerprints;
import dev.kysera.migrations.annotation.internal.MigrationName;
import dev.kysera.migrations.annotation.internal.SumFile;
import dev.kysera.migrations.annotation.internal.SumUpdate;
import dev.kysera.migrations.annotation.internal.SumUpdate.Declared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A project that a page tells of: its files, and the commands that are given in its folder. */
final class PageProject {

  private static final String SUM = "-Akysera.migrations.sum=";
  private static final String NO_SUM = "javac " + SUM + " app/*.java";

  private final Path folder;
  private final Path output;

  PageProject(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("project"));
    this.output = folder.resolve("out");
  }

  void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** Returns the paths of all files but those of git. */
  List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString())
          .filter(path -> !path.startsWith(".git"))
          .sorted()
          .toList();
    }
  }

  /** Does what a command does, and returns what it prints. */
  String call(String command) throws IOException, InterruptedException {
    List<String> words = List.of(command.split(" "));
    List<String> arguments = words.subList(1, words.size());
    switch (words.get(0)) {
      case "javac":
        return javac(arguments);
      case "git":
        return git(arguments);
      case "rm":
        Files.delete(folder.resolve(arguments.get(0)));
        return "";
      case "sed":
        deleteLine(arguments);
        return "";
      case "app-db":
        updateSum();
        return "";
      default:
        throw new AssertionError("No command of the page: " + command);
    }
  }

  /** The arguments are those of {@code sed -i 2d FILE}. */
  private void deleteLine(List<String> arguments) throws IOException {
    int line = Integer.parseInt(arguments.get(1).replace("d", ""));
    List<String> lines = new ArrayList<>(read(arguments.get(2)).lines().toList());
    lines.remove(line - 1);
    write(arguments.get(2), String.join("\n", lines) + "\n");
  }

  /** The page leaves the paths out that every build has, and the folder it is called in. */
  private String javac(List<String> given) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-cp", UserProject.CLASS_PATH));
    arguments.addAll(List.of("-processorpath", UserProject.PROCESSOR_PATH));
    deleteOutput();
    arguments.addAll(List.of("-d", Files.createDirectories(output).toString()));
    for (String argument : given) {
      if (argument.endsWith("/*.java")) {
        String start = argument.substring(0, argument.length() - "*.java".length());
        files().stream()
            .filter(file -> file.matches(Pattern.quote(start) + "[^/]+\\.java"))
            .forEach(file -> arguments.add(folder.resolve(file).toString()));
      } else if (argument.startsWith(SUM) && argument.length() > SUM.length()) {
        arguments.add(SUM + folder.resolve(argument.substring(SUM.length())));
      } else {
        arguments.add(argument);
      }
    }
    var printed = new ByteArrayOutputStream();
    ToolProvider.getSystemJavaCompiler()
        .run(null, printed, printed, arguments.toArray(String[]::new));
    return printed.toString(UTF_8).replace(folder + "/", "").replace("\r\n", "\n");
  }

  private void deleteOutput() throws IOException {
    if (Files.exists(output)) {
      try (Stream<Path> all = Files.walk(output)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private String git(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=A"));
    command.addAll(List.of("-c", "user.email=a@example.com"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    Process git = builder.start();
    git.getOutputStream().close();
    String printed = new String(git.getInputStream().readAllBytes(), UTF_8);
    git.waitFor();
    return printed;
  }

  /** What the command line does, whose own tests compare what it prints. */
  private void updateSum() throws IOException, InterruptedException {
    Path file = folder.resolve(SumFile.DEFAULT_NAME);
    SumFile before = Files.exists(file) ? SumFile.parse(Files.readString(file)) : SumFile.EMPTY;
    Files.writeString(file, SumUpdate.of(before, declared(), List.of()).next().render());
  }

  private List<Declared> declared() throws IOException, InterruptedException {
    String printed = call(NO_SUM);
    Path registry = output.resolve("app/Migrations.java");
    if (!printed.isEmpty() || !Files.exists(registry)) {
      throw new AssertionError(printed);
    }
    return Files.readString(registry)
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("\\d+_\\S+ 1:[0-9a-f]{64} .*"))
        .map(line -> line.split(" "))
        .map(
            columns ->
                new Declared(columns[0], Fingerprints.parse(columns[1]).orElseThrow(), List.of()))
        .sorted(Comparator.comparingLong(migration -> MigrationName.numberOf(migration.name())))
        .toList();
  }

  /** Makes a repository of what is there. */
  void release() throws IOException, InterruptedException {
    call("git init --quiet --initial-branch=main");
    commit();
  }

  /** Lets two branches add a migration each, and ends in the first. */
  void branch(String mine, String theirs) throws IOException, InterruptedException {
    String myText = read(mine);
    String theirText = read(theirs);
    call("rm " + mine);
    call("rm " + theirs);
    call("git switch --quiet -c logins");
    write(mine, myText);
    call("app-db sum update");
    commit();
    call("git switch --quiet main");
    write(theirs, theirText);
    call("app-db sum update");
    commit();
    call("git switch --quiet logins");
  }

  private void commit() throws IOException, InterruptedException {
    call("git add --all");
    call("git commit --quiet -m x");
  }
}
