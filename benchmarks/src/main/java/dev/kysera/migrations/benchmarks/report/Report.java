package dev.kysera.migrations.benchmarks.report;

import dev.kysera.migrations.benchmarks.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The results for people, in Markdown. */
public final class Report {

  /** A chapter, its part of the figures, and what to know about it. */
  private record Chapter(String title, String part, String words) {}

  private static final List<Chapter> CHAPTERS =
      List.of(
          new Chapter(
              "No-op start in an application that is up",
              "warm",
              "What the look adds, a new connection of the pool included. CPU is told by the kernel"
                  + " in steps of 10 ms."),
          new Chapter(
              "No-op start of a whole process",
              "cold",
              "From the start of the JVM to its end. `postgresql+1ms` has a millisecond added to"
                  + " each round trip. `floor` and ours have JDBI, which the application has anyway;"
                  + " `jdbc`, Flyway, Liquibase, MyBatis and ebean-migration run without it."),
          new Chapter(
              "Apply all on an empty PostgreSQL database",
              "apply",
              "`...-each` is what one migration costs beside its own statement: the difference"
                  + " between 30 and 10 migrations, by 20. COMMIT is a statement, BEGIN is not."
                  + " `by-hand` is a loop with the same classes and the same bookkeeping as ours."),
          new Chapter(
              "Ten pending, the status, ten steps back",
              "mixed",
              "In an application that is up. An empty cell: the tool cannot, or not for free."),
          new Chapter("Compile", "compile", "Whole processes of javac, the same sources."),
          new Chapter("Inside the JVM", "inside", "By JMH."),
          new Chapter("Size", "size", "The jars that a user adds, besides the driver and JDBI."),
          new Chapter(
              "Broken promises under faults",
              "violations",
              "In how many of the trials an invariant did not hold. An empty column is not shown:"
                  + " nobody broke it. I1: what is recorded is there, once. I2: what is not"
                  + " recorded has left nothing. I5: the next run completes everything or names"
                  + " what may be half done. I6: nothing ran twice. I7: the session and the pool"
                  + " are as they were; Liquibase leaves another search_path on PostgreSQL in"
                  + " every run. I8: every run ends in time, and no lock needs a hand. How each is"
                  + " decided: the Javadoc of Invariant."));

  /** The names of figures that are kept, but shown elsewhere or for the curious only. */
  private static final Set<String> NOT_SHOWN = Set.of("begins", "begins-each", "registry-cpu");

  private Report() {}

  /** Writes the file. */
  public static void write(Path file, List<Figure> figures, Map<String, String> circumstances)
      throws IOException {
    Files.writeString(file, text(new Results(figures), circumstances));
  }

  static String text(Results all, Map<String, String> circumstances) {
    StringBuilder text = new StringBuilder();
    text.append("# Results\n\nWritten by the benchmarks, from [results.csv](results.csv).");
    text.append(" What is measured, and how: [README.md](README.md).");
    text.append(" Cells: the median of the rounds, and in brackets the least and the most.\n\n");
    Circumstances.joined(circumstances)
        .forEach(
            (title, words) ->
                text.append("- ").append(title).append(": ").append(words).append('\n'));
    text.append("\n## What was to be reached\n\n").append(targets(all));
    text.append("\n## Where we are not ahead\n\n").append(Behind.paragraph(all));
    for (Chapter chapter : CHAPTERS) {
      Results part = all.part(chapter.part());
      if (!part.isEmpty()) {
        text.append("\n## ").append(chapter.title()).append("\n\n");
        text.append(chapter.words()).append("\n\n");
        text.append(Charts.links(chapter.part(), all));
        text.append(Tables.of(shown(part)).stripTrailing()).append('\n');
      }
    }
    return text.toString();
  }

  private static Table targets(Results all) {
    Table table = new Table(List.of("figure", "at most", "measured", ""));
    for (Target target : Targets.of(all)) {
      String unit = target.unit().isEmpty() ? "" : " " + target.unit();
      table.row(
          List.of(
              target.figure(),
              Numbers.value(target.most()) + unit,
              target.measured().isEmpty()
                  ? ""
                  : Numbers.value(target.measured().getAsDouble()) + unit,
              target.verdict()));
    }
    return table;
  }

  /** Without comparisons except of wall time with Flyway's and the hand-written one's. */
  private static Results shown(Results part) {
    return part.namedOneOf(
        part.names().stream()
            .filter(name -> !NOT_SHOWN.contains(name))
            .filter(
                name ->
                    !name.contains("/")
                        || name.equals("wall/" + Tools.FLYWAY)
                        || name.equals("wall/jdbc")
                        || name.equals("wall/by-hand"))
            .toList());
  }
}
