package dev.kysera.migrations.cli;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The verbs with what is around them: their options, their help, and how wrong usage is told. */
final class CommandTree {

  private static final int NARROWEST_HELP = 55;
  private static final int WIDEST_HELP = 120;

  private final Surroundings surroundings;
  private final CommandLine commands;

  private CommandTree(Surroundings surroundings, CommandLine commands) {
    this.surroundings = surroundings;
    this.commands = commands;
  }

  static CommandTree of(
      Surroundings surroundings,
      Optional<Jdbi> jdbi,
      BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory) {
    ConnectionOptions connection = new ConnectionOptions(surroundings);
    Database database = jdbi.<Database>map(given -> () -> given).orElse(connection);
    CommandLine commands = new CommandLine(new Verbs(surroundings, database, factory));
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
    CommandTree tree = new CommandTree(surroundings, commands);
    commands.setParameterExceptionHandler(tree::refuse);
    return tree;
  }

  int execute(String... arguments) {
    return commands.execute(arguments);
  }

  private int refuse(ParameterException refused, String[] arguments) {
    CommandLine command = refused.getCommandLine();
    boolean json = Arrays.asList(arguments).contains("--json");
    @Nullable String verb = command == commands ? null : command.getCommandName();
    UsageException usage =
        refused.getCause() instanceof UsageException said
            ? said
            : new UsageException(
                refused.getMessage() + "\nTry: " + (verb == null ? "" : verb + " ") + "--help");
    return new Report(surroundings, new Screen(surroundings.err(), surroundings.terminal()), json)
        .failure(verb, null, new Failure(usage, ExitCode.USAGE))
        .status();
  }
}
