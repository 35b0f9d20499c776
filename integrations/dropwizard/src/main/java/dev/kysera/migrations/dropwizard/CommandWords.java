package dev.kysera.migrations.dropwizard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is behind a verb: arguments of the command line, and the configuration file among them.
 *
 * @param arguments without the file
 * @param file behind {@code --config}, else the last word if it looks like one
 */
record CommandWords(List<String> arguments, Optional<String> file) {

  /** The options without a value, behind which a file may stand. */
  static final Set<String> FLAGS =
      Set.of("--json", "--dry-run", "--out-of-order", "--fail-on-changed", "--yes");

  private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");
  private static final String OPTION = "--config";
  private static final String ENDINGS = ".+\\.(ya?ml|json|conf)";

  CommandWords {
    arguments = List.copyOf(arguments);
  }

  static CommandWords of(List<String> words) {
    List<String> arguments = new ArrayList<>(words);
    int last = arguments.size() - 1;
    for (int i = 0; i <= last; i++) {
      String word = arguments.get(i);
      if (word.startsWith(OPTION + "=")) {
        arguments.remove(i);
        return new CommandWords(arguments, Optional.of(word.substring(OPTION.length() + 1)));
      }
      if (word.equals(OPTION) && i < last) {
        arguments.remove(i);
        return new CommandWords(arguments, Optional.of(arguments.remove(i)));
      }
    }
    if (last >= 0 && arguments.get(last).matches(ENDINGS) && !isValue(arguments, last)) {
      return new CommandWords(arguments.subList(0, last), Optional.of(arguments.get(last)));
    }
    return new CommandWords(arguments, Optional.empty());
  }

  private static boolean isValue(List<String> words, int position) {
    if (position == 0) {
      return false;
    }
    String before = words.get(position - 1);
    return before.startsWith("--") && !before.contains("=") && !FLAGS.contains(before);
  }

  boolean asksForHelp() {
    return arguments.stream().anyMatch(HELP::contains);
  }
}
