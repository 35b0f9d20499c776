package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.annotation.internal.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The verbs with what is around them: their options, their help, and how wrong usage is told. */
final class CommandTree {

  private static final int NARROWEST_HELP = 55;
  private static final int WIDEST_HELP = 120;

  private final Surroundings surroundings;
  private final Screen screen;
  private final Redaction redaction;
  private final CommandLine commands;

  private CommandTree(
      Surroundings surroundings, Screen screen, Redaction redaction, CommandLine commands) {
    this.surroundings = surroundings;
    this.screen = screen;
    this.redaction = redaction;
    this.commands = commands;
  }

  static CommandTree of(
      Surroundings surroundings,
      Optional<Jdbi> jdbi,
      BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory) {
    Screen screen = new Screen(surroundings.err(), surroundings.terminal());
    Redaction redaction = new Redaction();
    ConnectionOptions connection = new ConnectionOptions(surroundings, redaction);
    Database database = jdbi.<Database>map(given -> () -> given).orElse(connection);
    CommandLine commands =
        new CommandLine(new Verbs(surroundings, database, factory, screen, redaction));
    if (jdbi.isEmpty()) {
      commands.getCommandSpec().addMixin("connection", CommandSpec.forAnnotatedObject(connection));
    }
    Terminal terminal = surroundings.terminal();
    Ansi ansi = terminal.out() && terminal.colours() ? Ansi.ON : Ansi.OFF;
    commands
        .registerConverter(Duration.class, new TimeConverter())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setOut(surroundings.outWriter())
        .setErr(surroundings.errWriter())
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, terminal.columns())));
    CommandTree tree = new CommandTree(surroundings, screen, redaction, commands);
    commands.setParameterExceptionHandler(tree::refuse);
    return tree;
  }

  int execute(String... arguments) {
    return commands.execute(arguments);
  }

  /** Where others write, so that data and the line of progress stay whole. */
  PrintStream strangers() {
    return screen.asStream(surroundings.charset());
  }

  private int refuse(ParameterException refused, String[] arguments) {
    CommandLine command = refused.getCommandLine();
    boolean json =
        Stream.of(arguments).anyMatch(a -> a.equals("--json") || a.startsWith("--json="));
    @Nullable String verb = command == commands ? null : command.getCommandName();
    UsageException usage =
        refused.getCause() instanceof UsageException said
            ? said
            : new UsageException(
                message(refused) + "\nTry: " + (verb == null ? "" : verb + " ") + "--help");
    return new Report(surroundings, screen, json)
        .failure(verb, null, new Failure(usage, Optional.empty(), redaction))
        .status();
  }

  /** What follows an option that does not exist may be a password, so it is not repeated. */
  private static String message(ParameterException refused) {
    if (!(refused instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(refused.getMessage());
    }
    Optional<String> option =
        unmatched.getUnmatched().stream().filter(argument -> argument.startsWith("-")).findFirst();
    if (option.isPresent()) {
      return "Unknown option: " + Printable.quoted(option.get().replaceFirst("=.*", ""));
    }
    List<String> suggestions = unmatched.getSuggestions();
    return "Unknown argument: "
        + Printable.quoted(unmatched.getUnmatched().get(0))
        + (suggestions.isEmpty() ? "" : ". Did you mean " + suggestions.get(0) + "?");
  }
}
