package dev.kysera.migrations.examples.guides;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is printed, and what a guide shows of it: the same but for what differs from run to run. */
final class Output {

  private static final Pattern ATTEMPT =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String LEFT_OUT = "…";

  private final Path root;
  private final Map<String, String> attempts = new HashMap<>();

  Output(Path root) {
    this.root = root;
  }

  /** Whether a guide shows what was printed. A line {@code …} stands for any lines. */
  boolean isShownBy(String printed, String shown) {
    List<String> shownAttempts = attemptsIn(shown);
    List<String> printedAttempts = attemptsIn(printed);
    for (int i = 0; i < Math.min(shownAttempts.size(), printedAttempts.size()); i++) {
      attempts.putIfAbsent(shownAttempts.get(i), printedAttempts.get(i));
    }
    String pattern =
        timeless(shown)
            .lines()
            .map(line -> line.equals(LEFT_OUT) ? "(?:.*\n)*?" : Pattern.quote(line + "\n"))
            .collect(Collectors.joining());
    return timeless(printed).matches(pattern);
  }

  /** The ids of attempts that a guide shows, as they are here. */
  String withOurAttempts(String command) {
    String ours = command;
    for (Map.Entry<String, String> attempt : attempts.entrySet()) {
      ours = ours.replace(attempt.getKey(), attempt.getValue());
    }
    return ours;
  }

  private static List<String> attemptsIn(String text) {
    try (Stream<MatchResult> found = ATTEMPT.matcher(text).results()) {
      return found.map(MatchResult::group).distinct().toList();
    }
  }

  /** A guide cannot know where it is followed, and shows neither colours nor blanks at the end. */
  private String withoutFolder(String text) {
    return text.replaceAll("\u001b\\[[\\d;]*m", "")
        .replaceAll("(?m) +$", "")
        .replace(root + "/app/", "")
        .replace(root + "/", "");
  }

  /** How a page shows it: what differs from run to run is that of an example. */
  String forPage(String text) {
    return ATTEMPT
        .matcher(withoutFolder(text))
        .replaceAll("a74d27f2-3c52-4f4d-9a39-0d2a2f1b7c55")
        .replaceAll(
            "\\d{4}-\\d\\d-\\d\\d([T ])\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?", "2026-01-31$109:30:00")
        .replaceAll("[\\w.-]+/\\d+/[\\w.()-]+", "host-1/4711/main")
        .replaceAll("\\bpid \\d+", "pid 4711");
  }

  private String timeless(String text) {
    return forPage(text).replaceAll("\\b\\d+(\\.\\d+)? (ms|s)\\b", "N ms");
  }
}
