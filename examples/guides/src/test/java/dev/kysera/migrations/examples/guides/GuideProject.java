package dev.kysera.migrations.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.examples.guides.Guide.AddLines;
import dev.kysera.migrations.examples.guides.Guide.Look;
import dev.kysera.migrations.examples.guides.Guide.Run;
import dev.kysera.migrations.examples.guides.Guide.Shown;
import dev.kysera.migrations.examples.guides.Guide.Start;
import dev.kysera.migrations.examples.guides.Guide.Step;
import dev.kysera.migrations.examples.guides.Guide.WriteFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder, empty at first, in which a guide is followed word for word. */
final class GuideProject implements AutoCloseable {

  /** The port of the guides, for which a free one is taken. */
  private static final String PORT = "54329";

  private static final String COMPILE = "mvn -q compile";

  /**
   * What is not as the guide shows it.
   *
   * @param command what was called
   * @param printed what it printed
   * @param shown what the guide shows
   */
  private record Difference(String command, String printed, Shown shown) {
    @Override
    public String toString() {
      return "Line %d: %s prints\n%sand the guide shows\n%s"
          .formatted(shown.line(), command, printed, shown.text());
    }
  }

  private final Path root;
  private final Build build;
  private final Shell shell;
  private final String port;
  private final Output output;
  private final List<Difference> differences = new ArrayList<>();
  private final Map<String, RunningProgram> terminals = new LinkedHashMap<>();

  private GuideProject(Path root, Build build, Shell shell) throws IOException {
    this.root = root;
    this.build = build;
    this.shell = shell;
    try (ServerSocket socket = new ServerSocket(0)) {
      this.port = Integer.toString(socket.getLocalPort());
    }
    this.output = new Output(root);
  }

  static GuideProject empty(Path root, Build build) throws IOException {
    return new GuideProject(root, build, new Shell(root, build));
  }

  /** Goes on in a copy, so that several guides can go on where one has ended. */
  GuideProject copyTo(Path otherRoot) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = otherRoot.resolve(root.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return new GuideProject(
        otherRoot, build, shell.in(otherRoot.resolve(root.relativize(shell.folder()))));
  }

  /** Does every step, and fails in the end if one printed something else than the guide shows. */
  void follow(Guide guide) throws IOException {
    differences.clear();
    for (Step step : guide.steps()) {
      try {
        follow(step);
      } catch (AssertionError | IOException | InterruptedException e) {
        throw new AssertionError(
            "%s:%d: %s".formatted(guide.page().normalize(), step.line(), e.getMessage()), e);
      }
    }
    if (!differences.isEmpty()) {
      Path written = Path.of("target", "guides").resolve(guide.page().getFileName());
      Files.createDirectories(written.getParent());
      Files.write(written, withDifferences(Files.readAllLines(guide.page())));
      throw new AssertionError(
          "%s shows something else than is printed; %s is the page with what is:\n%s"
              .formatted(
                  guide.page().normalize(),
                  written,
                  String.join("\n", differences.stream().map(Difference::toString).toList())));
    }
  }

  private List<String> withDifferences(List<String> page) {
    List<String> lines = new ArrayList<>(page);
    for (int i = differences.size() - 1; i >= 0; i--) {
      Difference difference = differences.get(i);
      Shown shown = difference.shown();
      List<String> printed = new ArrayList<>(difference.printed().lines().toList());
      List<String> place = lines.subList(shown.line(), shown.line());
      if (shown.block().isPresent()) {
        place = lines.subList(shown.line(), shown.line() + (int) shown.text().lines().count());
        place.clear();
      } else {
        printed.addAll(0, List.of("", "```"));
        printed.add("```");
      }
      place.addAll(printed);
    }
    return lines;
  }

  private void follow(Step step) throws IOException, InterruptedException {
    if (step instanceof WriteFile file) {
      Path path = shell.folder().resolve(file.path());
      Files.createDirectories(path.getParent());
      Files.writeString(path, ours(file.text()));
    } else if (step instanceof AddLines added) {
      add(added);
    } else if (step instanceof Run run && runsWhatCannot(run)) {
      compare("compiling", shell.run(COMPILE), new Shown(run.line(), Optional.empty()));
    } else if (step instanceof Run run) {
      StringBuilder printed = new StringBuilder();
      for (String command : run.commands()) {
        printed.append(shell.run(ours(command)));
      }
      compare(String.join("\n", run.commands()), printed.toString(), run.shown());
    } else if (step instanceof Start start) {
      start(start);
    } else if (step instanceof Look look) {
      look("the " + look.terminal() + " terminal", look.terminal(), look.shown());
    }
  }

  private boolean runsWhatCannot(Run run) throws IOException {
    return run.commands().stream().anyMatch(command -> command.contains("exec:java"))
        && !build.canRun(shell.folder());
  }

  private void add(AddLines added) throws IOException {
    Path path = shell.folder().resolve(added.path());
    String text = Files.readString(path);
    Matcher line =
        Pattern.compile("^.*" + Pattern.quote(added.above()) + ".*\n", Pattern.MULTILINE)
            .matcher(text);
    assertThat(line.find()).as("%s has a line with %s", added.path(), added.above()).isTrue();
    Files.writeString(
        path, text.substring(0, line.start()) + ours(added.text()) + text.substring(line.start()));
  }

  /** A new terminal is in the same folder, and nothing is exported there yet. */
  private void start(Start start) throws IOException, InterruptedException {
    Shell other = new Shell(shell.folder(), build);
    List<String> commands = start.commands();
    for (String command : commands.subList(0, commands.size() - 1)) {
      other.run(ours(command));
    }
    String last = commands.get(commands.size() - 1);
    RunningProgram before = terminals.put(start.terminal(), other.start(ours(last)));
    assertThat(before == null || before.hasEnded()).as("the terminal before is free").isTrue();
    look(last, start.terminal(), start.shown());
  }

  private void look(String what, String terminal, Shown shown) throws InterruptedException {
    compare(what, terminals.get(terminal).await((int) shown.text().lines().count()), shown);
  }

  private void compare(String command, String printed, Shown shown) {
    String text = printed.replace(port, PORT);
    if (!output.isShownBy(text, shown.text())) {
      differences.add(new Difference(command, output.forPage(text), shown));
    }
  }

  private String ours(String text) {
    return output.withOurAttempts(text.replace(PORT, port));
  }

  @Override
  public void close() {
    terminals.values().forEach(RunningProgram::end);
  }
}
