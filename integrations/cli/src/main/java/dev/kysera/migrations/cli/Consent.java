package dev.kysera.migrations.cli;

import dev.kysera.migrations.ConcurrentChangeException;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The word of a person that migrations may be undone. */
final class Consent {

  /** Keeps a run from nothing. */
  static final MigrationListener NOT_NEEDED = new MigrationListener() {};

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before several migrations are undone.")
  private boolean given;

  boolean isGiven() {
    return given;
  }

  /**
   * Makes sure that somebody wants migrations to be undone.
   *
   * @param preview what a dry run would do
   * @param atLeast as many need consent
   * @return what keeps a run from undoing others than these
   * @throws UsageException if nobody can be asked
   * @throws MigrationException if the answer is not yes
   */
  MigrationListener toRollBack(
      MigrationResult preview, int atLeast, Screen screen, Surroundings surroundings) {
    List<String> names = preview.planned();
    if (names.size() < atLeast) {
      return NOT_NEEDED;
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
    return onlyFor(preview.outcomes().stream().map(MigrationOutcome::name).toList());
  }

  /** A person takes time to answer, and another run may change the history meanwhile. */
  private static MigrationListener onlyFor(List<String> names) {
    return new MigrationListener() {
      @Override
      public void runStarted(MigrationPlan plan) {
        List<String> planned =
            plan.steps().stream()
                .map(MigrationStep::name)
                .filter(name -> !names.contains(name))
                .toList();
        if (!planned.isEmpty()) {
          throw new ConcurrentChangeException(
              "another run has changed the history since you were asked, and this would roll back "
                  + String.join(", ", planned)
                  + " too");
        }
      }
    };
  }

  private static String readLine() {
    try {
      return Surroundings.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
