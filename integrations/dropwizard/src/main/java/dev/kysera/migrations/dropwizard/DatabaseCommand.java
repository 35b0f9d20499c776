package dev.kysera.migrations.dropwizard;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.cli.MigrationsCli;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.DatabaseConfiguration;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.db.PooledDataSourceFactory;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;
import org.jdbi.v3.core.Jdbi;

/** Hands what is behind the name of the command to the migrations' command line, as it is. */
final class DatabaseCommand<C extends Configuration> extends ConfiguredCommand<C> {

  /** The verbs of the command line. */
  static final List<String> VERBS =
      List.of(
          "up",
          "down",
          "redo",
          "reset",
          "baseline",
          "resolve",
          "accept",
          "status",
          "plan",
          "rehearse",
          "script",
          "check",
          "await",
          "diagnose",
          "setup-sql",
          "create",
          "sum",
          "completion");

  private static final Set<String> WITHOUT_DATABASE = Set.of("create", "sum", "completion");
  private static final String HELP = "help";

  /** No argument of a process has this character, so none is taken for an option here. */
  private static final String NO_PREFIX = "\0";

  private static final String VERB = "verb";
  private static final String WORDS = "words";
  private static final String FILE = "file"; // where the superclass looks

  private final Class<C> configurationClass;
  private final DatabaseConfiguration<C> database;
  private final BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory;
  private int status;

  DatabaseCommand(
      String name,
      Class<C> configurationClass,
      DatabaseConfiguration<C> database,
      BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory) {
    super(
        name,
        "Executes, undoes and reports migrations: \"%1$s up config.yml\". \"%1$s help\" tells what each verb does, \"%1$s up --help\" what one takes."
            .formatted(name));
    this.configurationClass = configurationClass;
    this.database = database;
    this.factory = factory;
  }

  @Override
  protected Class<C> getConfigurationClass() {
    return configurationClass;
  }

  @Override
  public void configure(Subparser parser) {
    Subparsers verbs = parser.addSubparsers().title("verbs");
    Stream.concat(VERBS.stream(), Stream.of(HELP))
        .forEach(
            verb ->
                verbs
                    .addParser(verb, false, NO_PREFIX)
                    .setDefault(VERB, verb)
                    .addArgument(WORDS)
                    .nargs("*"));
  }

  /** The process ends with the status of the verb, after what the superclass has to close. */
  @Override
  public void run(Bootstrap<?> bootstrap, Namespace given) throws Exception {
    String verb = given.getString(VERB);
    CommandWords words = CommandWords.of(given.getList(WORDS));
    if (verb.equals(HELP)) {
      status = call(List.of("--help"), none());
    } else if (words.asksForHelp() || WITHOUT_DATABASE.contains(verb)) {
      status = call(arguments(verb, words.arguments()), none());
    } else {
      Map<String, Object> known = new HashMap<>(given.getAttrs());
      known.put(WORDS, words.arguments());
      words.file().ifPresent(file -> known.put(FILE, file));
      super.run(bootstrap, new Namespace(known));
    }
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  protected void run(Bootstrap<C> bootstrap, Namespace known, C configuration) throws Exception {
    PooledDataSourceFactory pool = database.getDataSourceFactory(configuration);
    pool.asSingleConnectionPool(); // this process has no other use for it
    ManagedDataSource source = SingleConnection.to(pool, getName());
    try {
      status = call(arguments(known.getString(VERB), known.getList(WORDS)), Jdbi.create(source));
    } finally {
      source.stop();
    }
  }

  private int call(List<String> arguments, Jdbi jdbi) {
    return MigrationsCli.run(arguments.toArray(String[]::new), jdbi, factory);
  }

  private static List<String> arguments(String verb, List<String> words) {
    return Stream.concat(Stream.of(verb), words.stream()).toList();
  }

  private static Jdbi none() {
    return Jdbi.create(
        () -> {
          throw new SQLException("This verb runs without the configuration of a database.");
        });
  }
}
