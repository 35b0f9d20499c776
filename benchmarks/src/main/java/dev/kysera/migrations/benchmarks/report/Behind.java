package dev.kysera.migrations.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Where another tool is ahead of us. */
final class Behind {

  /** A figure of which less is better. */
  private record Question(String part, String name, String words) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("warm", "wall", "the time a look adds to an application that is up"),
          new Question("warm", "round-trips", "the round trips of that look"),
          new Question("cold", "wall", "the wall time of a cold process with nothing to do"),
          new Question("cold", "memory", "the peak memory of a start with nothing to do"),
          new Question("apply", "statements-each", "the statements of an executed migration"),
          new Question("apply", "round-trips-each", "the round trips of an executed migration"),
          new Question("apply", "wall", "the time to apply all"),
          new Question("mixed", "up", "ten pending among many"),
          new Question("mixed", "status", "the status"),
          new Question("mixed", "down", "ten steps back"),
          new Question("size", "bytes", "the size of the jars"),
          new Question("size", "jars", "the number of jars"));

  private Behind() {}

  /** Returns a paragraph; of each figure, it is the one with the most migrations on PostgreSQL. */
  static String paragraph(Results all) {
    List<String> clauses = new ArrayList<>();
    for (Question question : QUESTIONS) {
      Results figures = all.part(question.part()).named(question.name());
      Results where = figures.on("postgresql").isEmpty() ? figures : figures.on("postgresql");
      int most = most(where.by(Tools.KYSERA), where);
      OptionalDouble own = where.of(most).by(Tools.KYSERA).median();
      if (own.isPresent()) {
        List<String> ahead = new ArrayList<>();
        for (String peer : Tools.PEERS) {
          OptionalDouble theirs = where.of(most).by(peer).median();
          if (theirs.isPresent() && theirs.getAsDouble() < own.getAsDouble()) {
            ahead.add(peer + " " + Numbers.value(theirs.getAsDouble()));
          }
        }
        if (!ahead.isEmpty()) {
          clauses.add(
              "%s%s (%s; we %s)"
                  .formatted(
                      question.words(),
                      most > 0 && !question.name().endsWith("-each")
                          ? " at " + Numbers.count(most)
                          : "",
                      String.join(", ", ahead),
                      withUnit(where.of(most).by(Tools.KYSERA), own.getAsDouble())));
        }
      }
    }
    return clauses.isEmpty()
        ? "No other tool was ahead of us in any figure of this run.\n"
        : "Others are ahead of us in " + String.join("; ", clauses) + ".\n";
  }

  private static String withUnit(Results one, double value) {
    return (Numbers.value(value) + " " + one.figures().get(0).unit()).trim();
  }

  /** The most migrations for which a peer was measured too. */
  private static int most(Results ours, Results all) {
    return ours.sizes().stream()
        .filter(n -> Tools.PEERS.stream().anyMatch(peer -> !all.of(n).by(peer).isEmpty()))
        .mapToInt(n -> n)
        .max()
        .orElse(0);
  }
}
