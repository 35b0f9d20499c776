package dev.kysera.migrations.cli;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.kysera.migrations.InterruptedMigrationException;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationDiagnosis;
import dev.kysera.migrations.MigrationFailedException;
import dev.kysera.migrations.MigrationListener;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationPlan;
import dev.kysera.migrations.MigrationRehearsal;
import dev.kysera.migrations.MigrationResult;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.MigrationStatus;
import dev.kysera.migrations.MigrationStep;
import dev.kysera.migrations.Resolution;
import dev.kysera.migrations.annotation.internal.Printable;
import dev.kysera.migrations.annotation.internal.SumFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Every verb of the command line, as a person calls it. */
@Command(
    name = "migrations",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Executes, undoes and reports the migrations of this application.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:all went well",
      "1:something failed",
      "2:wrong usage",
      "3:migrations are pending (check, await)",
      "4:history and code do not fit, or released migrations and code (sum)",
      "5:another run holds the lock",
      "6:an attempt was interrupted and may be half done",
      "130, 143:ended by a signal"
    })
final class Verbs implements Runnable {

  private final Surroundings surroundings;
  private final Screen screen;
  private final Redaction redaction;
  private final Activity activity = new Activity();
  private final Runners runners;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Write one JSON document to standard output.")
  private boolean json;

  Verbs(
      Surroundings surroundings,
      Database database,
      BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory,
      Screen screen,
      Redaction redaction) {
    this.surroundings = surroundings;
    this.screen = screen;
    this.redaction = redaction;
    this.runners = new Runners(database, factory, screen, activity);
  }

  /** Called without a verb. */
  @Override
  public void run() {
    throw new ParameterException(
        spec().commandLine(),
        "Name a verb: " + String.join(", ", spec().subcommands().keySet()) + ".");
  }

  // --- verbs that change the database

  @Command(description = "Execute what is pending, in order.")
  int up(
      @Option(names = "--to", paramLabel = "NAME", description = "Stop behind this migration.")
          @Nullable String to,
      @Option(
              names = "--out-of-order",
              description = "Also execute a pending one below an executed one.")
          boolean outOfOrder,
      @Mixin ChangeOptions changes,
      @Mixin RunOptions options) {
    return answer(
        () -> {
          MigrationRunner runner =
              runners.with(changes.applyTo(telling(options).outOfOrder(outOfOrder)));
          return Answer.of(JsonForm.of(to == null ? runner.up() : runner.upTo(to)));
        });
  }

  @Command(description = "Undo the last executed migration, the last N, or all behind one.")
  int down(
      @Parameters(arity = "0..1", paramLabel = "N", description = "How many. Default: 1.")
          @Nullable Integer steps,
      @Option(
              names = "--to",
              paramLabel = "NAME",
              description = "Undo until this migration is the last executed.")
          @Nullable String to,
      @Mixin Consent consent,
      @Mixin RunOptions options) {
    if (steps != null && to != null) {
      throw new ParameterException(verb(), "Give a number of migrations or --to, not both.");
    }
    if (steps != null && steps < 1) {
      throw new ParameterException(verb(), "N must be at least 1; found " + steps + ".");
    }
    return answer(
        () -> {
          Function<MigrationRunner, MigrationResult> down =
              runner -> to == null ? runner.down(steps == null ? 1 : steps) : runner.downTo(to);
          boolean several = to != null || (steps != null && steps > 1);
          MigrationListener consented =
              several ? consent(consent, down, 2, options) : Consent.NOT_NEEDED;
          return Answer.of(
              JsonForm.of(down.apply(runners.with(telling(options).listener(consented)))));
        });
  }

  @Command(description = "Undo the last executed migration and execute it again.")
  int redo(@Mixin RunOptions options) {
    return answer(() -> Answer.of(JsonForm.of(runners.with(telling(options)).redo())));
  }

  @Command(description = "Undo everything that has a way back.")
  int reset(@Mixin Consent consent, @Mixin RunOptions options) {
    return answer(
        () -> {
          MigrationListener consented = consent(consent, MigrationRunner::reset, 1, options);
          return Answer.of(JsonForm.of(runners.with(telling(options).listener(consented)).reset()));
        });
  }

  @Command(
      description = {"Record what an existing schema already has as executed.", "Nothing is run."})
  int baseline(
      @Parameters(paramLabel = "NAME", description = "The last one to record.") String name,
      @Mixin RunOptions options) {
    return answer(
        () -> Answer.of(JsonForm.of(runners.with(telling(options)).maintenance().baseline(name))));
  }

  @Command(description = "Close an attempt that was left half done, after you have looked.")
  int resolve(
      @Parameters(paramLabel = "ATTEMPT", description = "As diagnose names it.") String attempt,
      @Parameters(
              paramLabel = "RESOLUTION",
              description = "What you have found: ${COMPLETION-CANDIDATES}, in any case.")
          Resolution resolution,
      @Parameters(paramLabel = "NOTE", description = "Why, for the journal.") String note,
      @Mixin RunOptions options) {
    if (note.isBlank()) {
      throw new ParameterException(verb(), "NOTE must say why; found nothing.");
    }
    return answer(
        () ->
            Answer.of(
                JsonForm.of(
                    runners
                        .with(telling(options))
                        .maintenance()
                        .resolve(attempt, resolution, note))));
  }

  @Command(
      description = {
        "Record that an edited migration is right as it is now.",
        "What the code has counts as executed."
      })
  int accept(
      @Parameters(paramLabel = "NAME", description = "An executed migration.") String name,
      @Option(
              names = "--note",
              paramLabel = "TEXT",
              required = true,
              description = "Why, for the journal.")
          String note,
      @Mixin RunOptions options) {
    if (note.isBlank()) {
      throw new ParameterException(verb(), "--note must say why; found nothing.");
    }
    return answer(
        () -> {
          runners.with(telling(options)).maintenance().accept(name, note);
          return Answer.of(JsonForm.object("name", name));
        });
  }

  // --- verbs that ask

  @Command(description = "Tell what is executed and what is pending.")
  int status() {
    return answer(
        () -> {
          MigrationStatus status = runners.quiet().status();
          return new Answer(JsonForm.of(status), status.toString());
        });
  }

  @Command(description = "Tell what up would do; fail where it would refuse.")
  int plan() {
    return answer(
        () -> {
          MigrationPlan plan = runners.quiet().plan();
          if (plan.steps().isEmpty()) {
            screen.line("✅ No pending migrations");
          }
          return new Answer(
              JsonForm.of(plan), plan.steps().stream().map(Verbs::line).collect(joining("\n")));
        });
  }

  @Command(
      description = {
        "Run what is pending for real, roll it back, and tell what it did.",
        "Only on a database that rolls DDL back."
      })
  int rehearse() {
    return answer(
        () -> {
          try {
            MigrationRehearsal rehearsal = runners.with(runners.telling()).rehearse();
            return new Answer(JsonForm.of(rehearsal), rehearsal.toString());
          } catch (MigrationFailedException e) {
            if (!json) {
              e.rehearsal().ifPresent(surroundings.out()::println);
            }
            throw e;
          }
        });
  }

  @Command(
      description = {
        "Rehearse what is pending, and print it as an SQL file.",
        "With the rows of the history, for somebody who reviews it or runs it."
      })
  int script() {
    return answer(
        () -> {
          String script = runners.with(runners.telling()).rehearse().script();
          return new Answer(JsonForm.object("script", script), script.stripTrailing());
        });
  }

  @Command(
      description = {
        "Fail with a report if anything is pending or does not fit.",
        "For a deployment that must not go on then."
      })
  int check(@Mixin ChangeOptions changes) {
    return answer(
        () -> {
          PendingException.unlessCurrent(
              runners.with(changes.applyTo(runners.telling()))::check, runners::quiet);
          screen.line("✅ The database is up to date");
          return Answer.of(JsonForm.object("current", true));
        });
  }

  @Command(description = "Wait until another process has executed what is pending.")
  int await(
      @Option(
              names = "--timeout",
              paramLabel = "TIME",
              defaultValue = "5m",
              description = "How long at most, such as 30s, 5m, 1h. Default: ${DEFAULT-VALUE}.")
          Duration timeout,
      @Mixin ChangeOptions changes) {
    return answer(
        () -> {
          PendingException.unlessCurrent(
              () -> runners.with(changes.applyTo(runners.telling())).awaitCurrent(timeout),
              runners::quiet);
          return Answer.of(JsonForm.object("current", true));
        });
  }

  @Command(description = "Tell what is wrong with the history, and what to do about it.")
  int diagnose() {
    return answer(
        () -> {
          MigrationDiagnosis diagnosis = runners.quiet().maintenance().diagnose();
          if (diagnosis.findings().isEmpty()) {
            screen.line("✅ Nothing is wrong");
          }
          diagnosis
              .openAttempt()
              .filter(
                  attempt ->
                      diagnosis.findings().stream()
                          .anyMatch(f -> f.contains("resolve(\"" + attempt)))
              .map(Failure::howToResolve)
              .ifPresent(screen::line);
          return new Answer(JsonForm.of(diagnosis), String.join("\n\n", diagnosis.findings()));
        });
  }

  @Command(name = "setup-sql", description = "Print the tables as SQL, for an administrator.")
  int setupSql() {
    return answer(
        () -> {
          String sql = runners.quiet().maintenance().setupSql();
          return new Answer(JsonForm.object("sql", sql), sql.stripTrailing());
        });
  }

  // --- verbs that need no database

  @Command(
      description = {
        "Write a class for a new migration with the next number.",
        "Run it in the folder of the module that has the migrations."
      })
  int create(
      @Parameters(paramLabel = "NAME", description = "Without a number, such as add_email.")
          String name,
      @Option(
              names = "--package",
              paramLabel = "NAME",
              description = "Where it goes. Default: where the last migration is.")
          @Nullable String packageName) {
    return answer(
        () -> {
          NewMigration created =
              SourceTree.under(surroundings.directory())
                  .next(name, Optional.ofNullable(packageName), Instant.now());
          created.write();
          screen.line("✓ " + created.name() + " is in " + created.qualifiedName());
          return new Answer(
              JsonForm.object(
                  "name", created.name(),
                  "className", created.qualifiedName(),
                  "file", created.file().toString()),
              created.file().toString());
        });
  }

  @Command(
      description = {
        "Bring the file of released migrations to what the code has.",
        "Appends; what was released changes only where it is accepted."
      })
  int sum(
      @Parameters(paramLabel = "ACTION", description = "${COMPLETION-CANDIDATES}") SumAction action,
      @Option(
              names = "--file",
              paramLabel = "PATH",
              defaultValue = SumFile.DEFAULT_NAME,
              description = "Default: ${DEFAULT-VALUE} here.")
          Path file,
      @Option(
              names = "--accept",
              paramLabel = "NAME",
              description = "Take the code for right here; may be given again.")
          @Nullable List<String> accepted) {
    return answer(
        () -> {
          Answer answer =
              ReleasedMigrations.read(surroundings.directory(), file, runners.registry())
                  .update(accepted == null ? List.of() : accepted);
          boolean written = Boolean.TRUE.equals(answer.json().get("written"));
          screen.line(
              (written ? "✓ Written: " : "✅ Nothing to do: ") + Printable.of(file.toString()));
          return answer;
        });
  }

  @Command(description = "Print a completion script for bash and zsh.")
  int completion(
      @Parameters(paramLabel = "COMMAND", description = "What you call this command line.")
          String command) {
    if (!command.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new ParameterException(
          verb(), "COMMAND must be the name of a command, such as app-db.");
    }
    return answer(
        () -> {
          String script = AutoComplete.bash(command, spec().commandLine());
          return new Answer(JsonForm.object("script", script), script);
        });
  }

  // --- how every verb is answered

  private CommandSpec spec() {
    return requireNonNull(spec, "picocli sets it");
  }

  /** The command of the verb that was called. */
  private CommandLine verb() {
    return spec().commandLine().getParseResult().subcommand().commandSpec().commandLine();
  }

  private int answer(Supplier<Answer> question) {
    Report report = new Report(surroundings, screen, json);
    String name = verb().getCommandName();
    try {
      return report.success(name, watched(question)).status();
    } catch (Throwable e) {
      return report
          .failure(name, doneBefore(e), new Failure(e, openAttempt(e), redaction))
          .status();
    }
  }

  private @Nullable Map<String, @Nullable Object> doneBefore(Throwable failure) {
    if (failure instanceof SumRefusedException refused) {
      return refused.result();
    }
    if (failure instanceof MigrationFailedException failed && failed.rehearsal().isPresent()) {
      return failed.rehearsal().map(JsonForm::of).get();
    }
    Optional<MigrationResult> done =
        failure instanceof MigrationFailedException failed
            ? Optional.of(failed.result())
            : activity.result();
    return done.map(JsonForm::of).orElse(null);
  }

  /** The attempt that a failure is about, or has left open. */
  private Optional<String> openAttempt(Throwable failure) {
    if (failure instanceof InterruptedMigrationException interrupted) {
      return Optional.of(interrupted.attempt());
    }
    if (!(failure instanceof MigrationFailedException)) {
      return Optional.empty();
    }
    try {
      return runners
          .quiet()
          .maintenance()
          .diagnose()
          .openAttempt()
          .filter(id -> String.valueOf(failure.getMessage()).contains("resolve(\"" + id));
    } catch (RuntimeException e) {
      return Optional.empty(); // the failure itself is told, and the next run finds the attempt
    }
  }

  private Answer watched(Supplier<Answer> question) {
    ProgressLine progress = ProgressLine.show(activity, screen);
    SignalNotice notice = SignalNotice.about(activity, screen);
    try {
      return question.get();
    } finally {
      notice.end();
      progress.end();
    }
  }

  private MigrationOptions.Builder telling(RunOptions options) {
    return options.applyTo(runners.telling());
  }

  /** Asks for what a dry run of the verb would undo. */
  private MigrationListener consent(
      Consent consent,
      Function<MigrationRunner, MigrationResult> verb,
      int atLeast,
      RunOptions options) {
    if (options.isDryRun() || consent.isGiven()) {
      return Consent.NOT_NEEDED;
    }
    return consent.toRollBack(verb.apply(runners.preview()), atLeast, screen, surroundings);
  }

  private static String line(MigrationStep step) {
    return step.name()
        + step.definition()
            .map(MigrationDefinition::description)
            .filter(d -> !d.isEmpty())
            .map(d -> " - " + Printable.of(d))
            .orElse("")
        + step.definition()
            .filter(MigrationDefinition::breaking)
            .map(d -> " ⚠️ BREAKING")
            .orElse("");
  }
}
