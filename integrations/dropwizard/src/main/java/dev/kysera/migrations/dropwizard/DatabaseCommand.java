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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jdbi.v3.core.Jdbi;

/** Hands what is behind the name of the command to the migrations' command line. */
final class DatabaseCommand<C extends Configuration> extends ConfiguredCommand<C> {

  /** The options of the command line that take a value, and those that do not. */
  static final List<String> VALUES =
      List.of("--to", "--note", "--timeout", "--lock-timeout", "--package", "--file", "--accept");

  static final List<String> FLAGS =
      List.of("--json", "--dry-run", "--out-of-order", "--fail-on-changed", "--yes");

  private static final String WORDS = "words";
  private static final String FILE = "file";

  private final Class<C> configurationClass;
  private final DatabaseConfiguration<C> database;
  private final BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory;

  DatabaseCommand(
      String name,
      Class<C> configurationClass,
      DatabaseConfiguration<C> database,
      BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory) {
    super(name, "Executes, undoes and reports migrations: " + name + " up config.yml");
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
    parser
        .addArgument(WORDS)
        .nargs("+")
        .metavar("VERB [ARGUMENT ...] [CONFIG]")
        .help(
            "up, down, status, plan, check ... and last the configuration file; \"help\" for all");
    VALUES.forEach(
        option ->
            parser
                .addArgument(option)
                .dest(attribute(option))
                .action(Arguments.append())
                .help("see \"help\""));
    FLAGS.forEach(
        option ->
            parser
                .addArgument(option)
                .dest(attribute(option))
                .action(Arguments.storeTrue())
                .help("see \"help\""));
  }

  /** The last word is the configuration file if it looks like one; else there is the default. */
  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
    List<String> words = new ArrayList<>(arguments.<String>getList(WORDS));
    String last = words.get(words.size() - 1);
    Map<String, Object> known = new HashMap<>(arguments.getAttrs());
    if (last.matches(".*\\.(ya?ml|json|conf)")) {
      words.remove(words.size() - 1);
      known.put(FILE, last);
    }
    known.put(WORDS, words);
    if (words.isEmpty() || words.equals(List.of("help"))) {
      MigrationsCli.run(new String[] {"--help"}, none(), factory);
      return;
    }
    super.run(bootstrap, new Namespace(known));
  }

  private static Jdbi none() {
    return Jdbi.create(
        () -> {
          throw new java.sql.SQLException("Help needs no database.");
        });
  }

  /** The process ends with the status of the verb, unless that is 0. */
  @Override
  protected void run(Bootstrap<C> bootstrap, Namespace arguments, C configuration)
      throws Exception {
    PooledDataSourceFactory pool = database.getDataSourceFactory(configuration);
    pool.asSingleConnectionPool();
    ManagedDataSource source = pool.build(bootstrap.getMetricRegistry(), getName());
    int status;
    source.start();
    try {
      status =
          MigrationsCli.run(words(arguments).toArray(String[]::new), Jdbi.create(source), factory);
    } finally {
      source.stop();
    }
    if (status != 0) {
      System.exit(status);
    }
  }

  private static List<String> words(Namespace arguments) {
    List<String> words = new ArrayList<>(arguments.<String>getList(WORDS));
    for (String option : VALUES) {
      List<String> given = arguments.getList(attribute(option));
      if (given != null) {
        given.forEach(value -> words.addAll(List.of(option, value)));
      }
    }
    for (String option : FLAGS) {
      if (Boolean.TRUE.equals(arguments.getBoolean(attribute(option)))) {
        words.add(option);
      }
    }
    return words;
  }

  private static String attribute(String option) {
    return "option" + option; // "file" alone is the configuration
  }
}
