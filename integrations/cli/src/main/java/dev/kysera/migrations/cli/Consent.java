package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The word of a person that migrations may be undone. */
final class Consent {

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before several migrations are undone.")
  private boolean given;

  /**
   * Makes sure that somebody wants these migrations to be undone.
   *
   * @param names the migrations
   * @param atLeast as many need consent
   * @throws UsageException if nobody can be asked
   * @throws MigrationException if the answer is not yes
   */
  void toRollBack(List<String> names, int atLeast, Screen screen, Surroundings surroundings) {
    if (given || names.size() < atLeast) {
      return;
    }
    String count = names.size() == 1 ? "1 migration" : names.size() + " migrations";
    if (!surroundings.terminal().canAsk()) {
      throw new UsageException(
          "This would roll back %s, and nobody can be asked: %s. Nothing was changed. Add --yes if it is meant."
              .formatted(count, String.join(", ", names)));
    }
    screen.line("⚠️ This rolls back " + count + ":");
    names.forEach(name -> screen.line("  " + name));
    screen.question("Go on? [y/N] ");
    String answer = readLine().strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw new MigrationException("Nothing was changed: the answer was not yes.");
    }
  }

  private static String readLine() {
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
