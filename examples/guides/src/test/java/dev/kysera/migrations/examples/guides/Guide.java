package dev.kysera.migrations.examples.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page that is followed from its begin to its end. The paragraph before a block, or the language
 * of the block, says what it is for:
 *
 * <pre>
 * `path`                    the whole file
 * In `path`, above `text`:  lines to be added to a file, above its first line with that text
 * In a second terminal ...  commands, the last of which goes on while others are run; or a third
 * The second terminal ...   what that one has printed since it was last looked at; or the third
 * language "sh"             commands
 * no language               what the commands before it print
 * another language          a quotation of something that is not ours
 * </pre>
 *
 * @param page where it is written
 * @param builtOn the guide in whose folder it goes on
 * @param steps its blocks
 */
record Guide(Path page, Optional<Path> builtOn, List<Step> steps) {

  /** A block of a guide. */
  sealed interface Step {
    /** The line where it begins, so that a failure can be found. */
    int line();
  }

  record WriteFile(int line, String path, String text) implements Step {}

  record AddLines(int line, String path, String above, String text) implements Step {}

  record Run(int line, List<String> commands, Shown shown) implements Step {}

  /** Commands in a terminal of their own; the last one goes on. */
  record Start(int line, String terminal, List<String> commands, Shown shown) implements Step {}

  /** What the program in another terminal has printed meanwhile. */
  record Look(int line, String terminal, Shown shown) implements Step {}

  record Quotation(int line, String language) implements Step {}

  /**
   * What a guide shows of an output.
   *
   * @param line the line of its first line, or where it would have to be
   * @param block the lines; empty if the guide shows none, and then nothing may be printed
   */
  record Shown(int line, Optional<String> block) {
    String text() {
      return block.orElse("");
    }
  }

  private static final Pattern WHOLE_FILE = Pattern.compile("`([\\w./-]+)`");
  private static final Pattern ADDED_LINES = Pattern.compile("In `([\\w./-]+)`, above `([^`]+)`:");
  private static final Pattern NEW_TERMINAL = Pattern.compile("In a (second|third) terminal.*");
  private static final Pattern TERMINAL = Pattern.compile("The (second|third) terminal.*");
  private static final Pattern GOES_ON_IN =
      Pattern.compile(".*goes on in .*\\]\\(([\\w-]+\\.md)\\).*");
  private static final List<String> FOREIGN = List.of("typescript", "sql", "yaml");

  static Guide read(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    List<Step> steps = new ArrayList<>();
    String paragraph = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("```")) {
        boolean goesOn = i > 0 && !lines.get(i - 1).isBlank();
        paragraph = line.isBlank() ? paragraph : goesOn ? paragraph + " " + line : line;
        continue;
      }
      int first = i + 1;
      int end = lines.subList(first, lines.size()).indexOf("```") + first;
      List<String> block = lines.subList(first, end);
      addStep(steps, page, first, paragraph, line.substring(3), block);
      paragraph = "";
      i = end;
    }
    return new Guide(page, builtOn(page, lines), List.copyOf(steps));
  }

  private static void addStep(
      List<Step> steps,
      Path page,
      int line,
      String paragraph,
      String language,
      List<String> block) {
    String text = block.stream().map(part -> part + "\n").collect(Collectors.joining());
    Matcher file = WHOLE_FILE.matcher(paragraph);
    Matcher added = ADDED_LINES.matcher(paragraph);
    Matcher newTerminal = NEW_TERMINAL.matcher(paragraph);
    Matcher terminal = TERMINAL.matcher(paragraph);
    Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    Shown nothing = new Shown(line + block.size() + 1, Optional.empty());
    Shown shown = new Shown(line, Optional.of(text));
    if (file.matches()) {
      steps.add(new WriteFile(line, file.group(1), text));
    } else if (added.matches()) {
      steps.add(new AddLines(line, added.group(1), added.group(2), text));
    } else if (language.equals("sh") && newTerminal.matches()) {
      steps.add(new Start(line, newTerminal.group(1), List.copyOf(block), nothing));
    } else if (language.equals("sh")) {
      steps.add(new Run(line, List.copyOf(block), nothing));
    } else if (language.isEmpty() && terminal.matches()) {
      steps.add(new Look(line, terminal.group(1), shown));
    } else if (language.isEmpty() && last instanceof Run run && run.shown().block().isEmpty()) {
      steps.set(steps.size() - 1, new Run(run.line(), run.commands(), shown));
    } else if (language.isEmpty()
        && last instanceof Start start
        && start.shown().block().isEmpty()) {
      steps.set(
          steps.size() - 1, new Start(start.line(), start.terminal(), start.commands(), shown));
    } else if (FOREIGN.contains(language)) {
      steps.add(new Quotation(line, language));
    } else {
      throw new AssertionError(
          "%s:%d: nobody can tell what this block is for; the paragraph before it is: %s"
              .formatted(page, line, paragraph));
    }
  }

  /** The first paragraph says so. */
  private static Optional<Path> builtOn(Path page, List<String> lines) {
    Matcher matcher = GOES_ON_IN.matcher(lines.get(2));
    return matcher.matches()
        ? Optional.of(page.resolveSibling(matcher.group(1)))
        : Optional.empty();
  }
}
